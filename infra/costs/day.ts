import { bytes, chats, daysOfMonth, milliseconds, monthsKept, perUser, shares } from './assumptions.ts';
import {
  type Counted,
  countedChange,
  countedInbox,
  countedInChat,
  countedPicture,
  countedPush,
  countedReads,
  countedSearch,
  countedSync,
  countedTicket,
} from './counted.ts';
import { sum, times, type Use } from './use.ts';

/** The day of one user: everything that it takes of AWS, by what the user does. */

interface Action {
  name: string;
  perDay: number;
  once: Use;
}

const wholeCoreMegabytes = 1769;

const run = (ms: number, megabytes = 512): Partial<Use> => ({
  invocations: 1,
  lambdaMs: ms,
  gigabyteSeconds: (ms / 1000) * (megabytes / 1024),
  loggedBytes: bytes.loggedInvocation,
});

const units = ({
  writes,
  reads,
  connectionReads = 0,
}: Pick<Counted, 'writes' | 'reads'> & { connectionReads?: number }): Partial<Use> => ({
  writeUnits: writes,
  readUnits: reads,
  connectionReads,
});

/** Over REST, including its function. */
const rest = (ms: number, answerBytes = bytes.answer, megabytes = 512): Partial<Use> => ({
  ...run(ms, megabytes),
  requests: 1,
  edgeRequests: 1,
  edgeBytes: answerBytes,
  loggedBytes: bytes.loggedRequest,
});

/** Counted with everybody online; `certain` are those between the user and the backend. */
function frames(counted: number, certain: number): Partial<Use> {
  const count = certain + shares.online * (counted - certain);
  return { frames: count, edgeBytes: count * bytes.frame };
}

/** The average over the chats. */
const inChats = (useIn: (participants: number) => Partial<Use>[]): Use =>
  sum(chats.map(({ participants, share }) => times(share, sum(useIn(participants)))));

/** Chats with more participants are left to the function `deliver`. */
const maxOfSender = 250;

const message = inChats((participants) => {
  const { message } = countedInChat(participants);
  const deliver = participants > maxOfSender ? [run(milliseconds.deliver, wholeCoreMegabytes)] : [];
  return [{ framesIn: 1 }, frames(message.frames, 2), units(message), run(milliseconds.message), ...deliver];
});

/** Between one that nobody reads and one that everybody does. A refused start, for those that come twice, takes a write unit. */
const push = inChats((participants) => {
  const away = 1 - shares.online;
  const twice = times(shares.pushedTwice, { ...run(milliseconds.socket), writeUnits: 1, queueRequests: 3 });
  const pushes = (participants - 1) * away * shares.devices;
  return [
    times(away, units(countedPush(participants, false))),
    times(shares.online, units(countedPush(participants, true))),
    { ...run(milliseconds.push), queueRequests: 3, pushEvents: 1, pushes },
    twice,
  ];
});

const readMark = inChats((participants) => {
  const { readMark } = countedInChat(participants);
  return [rest(milliseconds.readMark), frames(readMark.frames, 1), units(readMark)];
});

const typing = inChats((participants) => {
  const { typing } = countedInChat(participants);
  return [run(milliseconds.socket), { framesIn: 1 }, frames(typing.frames, 1), units(typing)];
});

/** Its receivers load it through the edge. */
function pictureUse(): Use {
  const receivers = chats.reduce((count, { participants, share }) => count + share * (participants - 1), 0);
  const { seeThumbnail, openPicture } = shares;
  const loads = receivers * (seeThumbnail + openPicture);
  const edgeBytes = receivers * (seeThumbnail * bytes.thumbnail + openPicture * bytes.picture);
  return sum([
    rest(milliseconds.request),
    { ...countedPicture, ...units(countedPicture), fileEvents: 1 },
    { lambdaMs: milliseconds.picture, gigabyteSeconds: milliseconds.picture / 1000 / 2 },
    run(milliseconds.deleteFiles),
    { edgeRequests: loads, edgeFunctions: loads, edgeBytes },
  ]);
}

const open = sum([
  rest(milliseconds.request),
  units(countedTicket),
  { handshakes: 1, edgeRequests: 1, edgeFunctions: 1 },
  // Opening it, and closing it.
  ...[run(milliseconds.socket), run(milliseconds.socket), units(countedInbox)],
  ...[rest(milliseconds.longRead), { readUnits: countedReads.unread }],
]);

const minutesBetweenPings = 5;

export const actions: Action[] = [
  { name: 'opening the app', perDay: perUser.opens, once: open },
  { name: 'minutes connected', perDay: perUser.minutesConnected, once: sum([{ connectionMinutes: 1 }]) },
  {
    name: 'pings',
    perDay: perUser.minutesConnected / minutesBetweenPings,
    once: sum([run(milliseconds.socket), { framesIn: 1 }, frames(2, 2)]),
  },
  { name: 'messages', perDay: perUser.messages, once: message },
  { name: 'pushes of messages', perDay: perUser.messages, once: push },
  { name: 'typing', perDay: perUser.typing, once: typing },
  { name: 'read marks', perDay: perUser.readMarks, once: readMark },
  {
    name: 'reactions, edits, deletions',
    perDay: perUser.changes,
    once: sum([rest(milliseconds.change), frames(countedChange.frames, 1), units(countedChange)]),
  },
  { name: 'pictures', perDay: perUser.pictures, once: pictureUse() },
  {
    name: 'lists of chats',
    perDay: perUser.lists,
    once: sum([rest(milliseconds.longRead), { readUnits: countedReads.list }]),
  },
  {
    name: 'catching up in a chat',
    perDay: perUser.syncs,
    once: sum([
      run(milliseconds.longRead),
      { framesIn: 1 },
      frames(countedSync.frames, countedSync.frames),
      units(countedSync),
    ]),
  },
  {
    name: 'pages of 100 messages',
    perDay: perUser.pages,
    once: sum([rest(milliseconds.longRead, bytes.longAnswer), { readUnits: countedReads.page }]),
  },
  {
    name: 'searches',
    perDay: perUser.searches,
    once: sum([rest(milliseconds.search, bytes.answer, wholeCoreMegabytes), units(countedSearch)]),
  },
];

export const day: Use = sum(actions.map(({ perDay, once }) => times(perDay, once)));

const pictureBytes = bytes.picture + bytes.thumbnail;
/** What is stored after `monthsKept` months; uploads, which expire within two days, are there twice. */
const stored: Partial<Use> = {
  storedItemBytes: perUser.messages * daysOfMonth * monthsKept * bytes.storedMessage,
  storedFileBytes: perUser.pictures * (daysOfMonth * monthsKept + 2) * pictureBytes,
};

/** A month of one user. */
export const month: Use = sum([times(daysOfMonth, day), stored]);
