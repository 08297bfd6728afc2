import type { PushEvent } from '#shared/delivery/push.ts';
import type { Push } from './firebase.ts';
import { noExcused, type Wrongs } from './outcome.ts';
import { type Holder, isWanted, type World, type Worlds } from './world.ts';

/** What is known when the history has ended. */
export interface Evidence {
  worlds: Worlds;
  /** Oldest first. */
  pushes: Push[];
  enqueued: { event: PushEvent; at: number }[];
  /** Events on which workers failed too often. */
  deadLetters: PushEvent[];
  /** The stored token of each session. */
  stored: Map<string, string | undefined>;
}

type Excuse = keyof typeof noExcused;

/** At most one push of a chat in this time, milliseconds. */
const windowMs = 10_000;

/** How far apart the clocks of two workers may be, milliseconds. */
const clockToleranceMs = 1000;

export interface Judgement {
  wrongs: Omit<Wrongs, 'endless'>;
  excused: typeof noExcused;
  /** What is wrong, to help find the cause. */
  details: object[];
}

export function judge(evidence: Evidence): Judgement {
  const { worlds, pushes } = evidence;
  const pairs = pairsOf(pushes, worlds);
  const repeated = pairs.filter((both) => isRepeated(both, worlds));
  const excused = { ...noExcused };
  for (const excuse of repeated.flatMap(([first]) => excuseOf(first, evidence) ?? [])) excused[excuse]++;
  const found = {
    lost: losses(evidence),
    unwanted: pushes.filter((push) => !isDue(push, worlds)).map(plain),
    twice: repeated.filter(([first]) => !excuseOf(first, evidence)).map((both) => both.map(plain)),
    older: pairs.filter((both) => isOlder(both, worlds)).map((both) => both.map(plain)),
    tooOften: pairs.filter(isTooOften).map((both) => both.map(plain)),
    tooEarly: tooEarly(pushes, worlds).map((both) => both.map(plain)),
    devicesLost: devicesLost(evidence),
  };
  const details = Object.entries(found).flatMap(([wrong, all]) => all.map((one) => ({ wrong, one })));
  const wrongs = Object.fromEntries(Object.entries(found).map(([wrong, { length }]) => [wrong, length]));
  return { wrongs: wrongs as Judgement['wrongs'], excused, details };
}

const plain = ({ worker, ...push }: Push): object => ({ ...push, beganAt: worker.beganAt });

const keyOf = ({ seq, edit }: PushEvent): string => `${seq} ${edit?.rev}`;

/** Devices, each with a message that it did not get. */
function losses({ worlds, pushes, enqueued, deadLetters }: Evidence): { token: string; seq: number }[] {
  const dead = new Set(deadLetters.map(keyOf));
  return enqueued
    .filter(({ event }) => !dead.has(keyOf(event)))
    .flatMap(({ event: { seq, edit }, at }) => {
      const since = edit ? at : (worlds.storedAt.get(seq) ?? Number.POSITIVE_INFINITY);
      const later = worlds.all.filter((world) => world.at >= since);
      return [...worlds.now.holders]
        .filter(([, { userId }]) => !edit || edit.mentions.includes(userId))
        .filter(([token, holder]) => later.every((world) => isOwed(world, token, holder, seq)))
        .filter(([token]) => !pushes.some((push) => push.token === token && settles(push, seq, since)))
        .map(([token]) => ({ token, seq }));
    });
}

const isOwed = (world: World, token: string, { userId, sessionId }: Holder, seq: number): boolean =>
  world.holders.get(token)?.sessionId === sessionId && isWanted(world, userId, seq);

/** Whether the device has got this message or a later one since, or Firebase refused the push. */
const settles = ({ seq, work, acceptedAt, verdict }: Push, wanted: number, since: number): boolean =>
  verdict === 'gone' || (seq >= wanted && work.readAt >= since && (acceptedAt !== undefined || verdict === 'refused'));

const isDue = ({ token, seq, worker, sentAt }: Push, worlds: Worlds): boolean =>
  worlds.during(worker.beganAt, sentAt).some((world) => {
    const holder = world.holders.get(token);
    return holder !== undefined && isWanted(world, holder.userId, seq);
  });

/** All pairs of pushes that Firebase accepted for the same device of the same session, the earlier one first. */
function pairsOf(pushes: Push[], worlds: Worlds): [Push, Push][] {
  const accepted = pushes
    .filter(({ acceptedAt }) => acceptedAt !== undefined)
    .sort((a, b) => acceptedAtOf(a) - acceptedAtOf(b));
  return accepted.flatMap((first, n) =>
    accepted
      .slice(n + 1)
      .filter((second) => second.token === first.token && isSameSession(first, second, worlds))
      .map((second): [Push, Push] => [first, second]),
  );
}

const acceptedAtOf = ({ acceptedAt }: Push): number => acceptedAt ?? Number.POSITIVE_INFINITY;

function isSameSession(first: Push, second: Push, worlds: Worlds): boolean {
  const holders = worlds
    .during(first.sentAt, second.acceptedAt ?? second.sentAt)
    .map((world) => world.holders.get(first.token)?.sessionId);
  return new Set(holders).size === 1;
}

/** Whether a device got the same text twice, without anything new in between that calls for it. */
function isRepeated([first, second]: [Push, Push], worlds: Worlds): boolean {
  const holderId = holderOf(first, worlds)?.userId;
  const isNews = ({ at, userId = holderId }: Worlds['late'][number]) =>
    at > first.work.readAt && at <= second.work.readAt && userId === holderId;
  return first.seq === second.seq && first.text === second.text && !worlds.late.some(isNews);
}

/** Who had the token when a push was sent. */
const holderOf = ({ token, sentAt }: Push, worlds: Worlds): Holder | undefined =>
  worlds.during(sentAt, sentAt)[0]?.holders.get(token);

function excuseOf(push: Push, { worlds, pushes }: Evidence): Excuse | undefined {
  const { work, isAnswered, sentAt } = push;
  if (!work.isMarked && work.obstacle) return work.obstacle;
  if (!isAnswered) return 'answer lost';
  const { userId, sessionId } = holderOf(push, worlds) ?? {};
  const isMentioned = worlds.late.some((late) => late.at <= work.readAt && late.userId === userId);
  const hasFailed = (one: Push) => one.acceptedAt === undefined || !one.isAnswered;
  // Perhaps with another token.
  const isOfDevice = (one: Push) => one.sentAt < sentAt && holderOf(one, worlds)?.sessionId === sessionId;
  const wasBehind = pushes.some((one) => isOfDevice(one) && hasFailed(one));
  return wasBehind && isMentioned ? 'edit before a retry' : undefined;
}

/** Whether a later push is about earlier messages, although the device's user still wants the newer one. */
function isOlder([first, second]: [Push, Push], worlds: Worlds): boolean {
  if (second.seq === first.seq) return second.rev < first.rev;
  const isStillWanted = worlds.during(acceptedAtOf(first), acceptedAtOf(second)).every((world) => {
    const holder = world.holders.get(first.token);
    return holder !== undefined && isWanted(world, holder.userId, first.seq);
  });
  return second.seq < first.seq && isStillWanted;
}

const isTooOften = ([first, second]: [Push, Push]): boolean =>
  acceptedAtOf(second) - acceptedAtOf(first) < windowMs &&
  !first.work.isRetry &&
  !second.work.isRetry &&
  !(first.work.obstacle && !first.work.isMarked);

/** Pushes that came too early after an answer that a worker has stored in the mark, each with the one so answered. */
const tooEarly = (pushes: Push[], worlds: Worlds): [Push, Push][] =>
  pushes.flatMap((push) => {
    const answered = pushes.find(
      (one) =>
        one.token === push.token &&
        one.isAnswered &&
        one.work.isMarked &&
        push.sentAt > one.sentAt &&
        push.sentAt < (one.notBefore ?? 0) - clockToleranceMs &&
        isSameSession(one, push, worlds),
    );
    return answered ? [[answered, push] satisfies [Push, Push]] : [];
  });

const devicesLost = ({ worlds, pushes, stored }: Evidence): string[] =>
  [...worlds.now.holders]
    .filter(([token, { sessionId }]) => stored.get(sessionId) !== token)
    .map(([token]) => token)
    .filter((token) => !pushes.some((push) => push.token === token && push.verdict === 'gone'));
