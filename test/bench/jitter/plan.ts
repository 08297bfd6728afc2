import { randomFrom } from '../../../infra/local/random.ts';
import type { JitterClient } from './clients.ts';

export interface JitterOptions {
  rooms: number;
  clients: number;
  /** How many rooms each client is in. */
  roomsEach: number;
  dropsEach: number;
  /** Milliseconds. */
  longestDrop: number;
  seconds: number;
  messagesPerRoomPerSecond: number;
  seed: number;
}

interface Drop {
  at: number;
  lasts: number;
}

interface Post {
  at: number;
  turn: number;
  content: string;
}

export interface Member {
  client: JitterClient;
  drops: Drop[];
  online: boolean;
}

export interface Room {
  number: number;
  /** Is never cut off. The other clients are compared with it. */
  observer: Member;
  members: Member[];
  posts: Post[];
}

export const sendersPerRoom = 5;

/** The rooms of each user: those of the clients first, then an observer of each room. Two users share few of theirs. */
export function planUsers({ rooms, clients, roomsEach }: JitterOptions): number[][] {
  const maxStep = Math.floor((rooms - 1) / Math.max(1, roomsEach - 1));
  const members = Array.from({ length: clients }, (_, user) => {
    const step = 1 + (Math.floor(user / rooms) % maxStep);
    return Array.from({ length: roomsEach }, (_, n) => (user + n * step) % rooms);
  });
  return [...members, ...Array.from({ length: rooms }, (_, room) => [room])];
}

/** Everything random is drawn here, before anything happens: the schedule is the same for every transport. */
export function planRooms(makeClient: (rooms: number[], user: number) => JitterClient, plan: JitterOptions): Room[] {
  const random = randomFrom(plan.seed);
  const posts = Array.from({ length: plan.rooms }, (_, room) => planPosts(room, random, plan));
  const members = planUsers(plan).map((rooms, user) => {
    const drops = user < plan.clients ? planDrops(random, plan) : [];
    return { rooms, member: { client: makeClient(rooms, user), drops, online: true } };
  });
  const observers = members.splice(plan.clients);
  return observers.map(({ member: observer }, number) => ({
    number,
    observer,
    members: members.filter(({ rooms }) => rooms.includes(number)).map(({ member }) => member),
    posts: posts[number] as Post[],
  }));
}

/** One drop in each equal share of the time: at random, yet never two at once. The shares of each client are its own. */
function planDrops(random: () => number, { dropsEach, longestDrop, seconds }: JitterOptions): Drop[] {
  const share = (seconds * 1000) / dropsEach;
  const phase = random() * share;
  const drops = Array.from({ length: dropsEach }, (_, n) => {
    const lasts = random() * Math.min(longestDrop, share);
    return { at: (phase + n * share + random() * (share - lasts)) % (seconds * 1000), lasts };
  });
  return drops.toSorted((a, b) => a.at - b.at);
}

function planPosts(room: number, random: () => number, plan: JitterOptions): Post[] {
  const phase = random();
  return Array.from({ length: Math.floor(plan.seconds * plan.messagesPerRoomPerSecond) }, (_, n) => ({
    at: ((n + phase) * 1000) / plan.messagesPerRoomPerSecond,
    turn: Math.floor(random() * sendersPerRoom),
    content: `Message ${n} of room ${room}`,
  }));
}
