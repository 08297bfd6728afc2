import { isDeepStrictEqual } from 'node:util';
import type { Message } from '#shared/contract/chats/message.ts';
import type { Change } from './changes.ts';
import type { ClientReader } from './client-reader.ts';
import type { Sent } from './sends.ts';

/** What became of a history, in the numbers that must be right. */
export interface Outcome {
  acknowledged: number;
  changesAcknowledged: number;
  faults: Faults;
  /** What wrong readers show, for those who look for the cause. */
  differences: object[];
}

export const noFaults = {
  /** Messages that were acknowledged and are lost. */
  messagesLost: 0,
  storedTwice: 0,
  /** Pairs of messages of which one was sent after the other was acknowledged, and comes before it. */
  inverted: 0,
  /** Messages whose time is before that of the message with the number below. */
  backInTime: 0,
  /** Readers that show something else than the table after they have come back, asked for what they missed, and heard one message and one change more. */
  wrongReaders: 0,
  /** Edits that were acknowledged, and an earlier text is there. */
  editsLost: 0,
  /** Texts that came back after another one had replaced them, without a further request. */
  editsRepeated: 0,
  /** Reactions that were added or taken back, which was acknowledged, and are not there or are. */
  reactionsWrong: 0,
  /** Requests for reactions that were refused because others reacted. */
  reactionsRefused: 0,
  deletionsLost: 0,
  /** Versions of a message that name two states. */
  versionsTwice: 0,
  /** States that came after a tombstone, in the table or at a reader. */
  revived: 0,
  /** Frames and answers that reached somebody who was removed or had left, and messages of a direct chat with a block. */
  heardAway: 0,
  /** Erased texts in frames and answers of functions that began after the deletion was answered, and texts in the events of `deliver`. */
  erasedShown: 0,
};

export type Faults = typeof noFaults;

/** A stored message that was seen on its way from the database. */
export interface StoredState {
  seq: number;
  version: number;
  content?: string;
  deletedAt?: string;
}

/** What is known in the end. `reactions` has the users of each message's emoji as the table has them: "id emoji". */
export interface Evidence {
  log: Message[];
  reactions: Map<string, Set<string>>;
  sent: Sent[];
  changes: Change[];
  states: StoredState[];
  readers: ClientReader[];
}

export function judge({
  log,
  reactions,
  sent,
  changes,
  states,
  readers,
}: Evidence): Omit<Faults, 'erasedShown' | 'heardAway'> {
  return {
    ...judgeSends(log, sent),
    ...judgeStates(states, log, changes),
    wrongReaders: readers.filter((reader) => !isRight(reader, log)).length,
    editsLost: log.flatMap((message) => lostEdits(message, sent, changes)).length,
    reactionsWrong: log.flatMap((message) => wrongReactions(message, reactions, changes)).length,
    reactionsRefused: changes.filter(({ kind, overtaken }) => kind === 'react' && overtaken > 0).length,
    deletionsLost: changes.filter(
      ({ kind, acknowledged, messageId }) =>
        kind === 'delete' && acknowledged && !log.some(({ id, deletedAt }) => id === messageId && deletedAt),
    ).length,
  };
}

/** A reader may hold only the end of the history. */
const isRight = (reader: ClientReader, log: Message[]): boolean =>
  reader.messages.length > 0 && differencesOf(reader, log).length === 0;

/** The messages that a reader shows otherwise than the table has them: for those who look for the cause. */
export function differencesOf(reader: ClientReader, log: Message[]): { table: Message | undefined; reader: unknown }[] {
  const expected = log.filter(({ seq }) => seq >= reader.oldestSeq);
  const ids = new Set([...reader.messages, ...expected].map(({ id }) => id));
  return [...ids]
    .map((wanted) => ({
      table: expected.find(({ id }) => id === wanted),
      reader: reader.messages.find(({ id }) => id === wanted),
    }))
    .filter(({ table, reader: shown }) => !isDeepStrictEqual(shown, table));
}

function judgeSends(log: Message[], sent: Sent[]) {
  const placeOf = (id: string | undefined) => log.findIndex((message) => message.id === id);
  const acknowledged = sent.filter(({ id }) => id !== undefined);
  const clientIds = log.flatMap(({ clientId = [] }) => clientId);
  const texts = log
    .filter(({ type, version }) => type === 'text' && version === undefined)
    .map(({ content }) => content);
  return {
    messagesLost: acknowledged.filter(({ id }) => placeOf(id) < 0).length,
    storedTwice: clientIds.length - new Set(clientIds).size + texts.length - new Set(texts).size,
    inverted: acknowledged.flatMap((early) =>
      acknowledged.filter((late) => early.ended < late.began && placeOf(early.id) > placeOf(late.id)),
    ).length,
    backInTime: log.filter(({ createdAt }, n) => createdAt < (log[n - 1]?.createdAt ?? '')).length,
  };
}

/** Judges what the database answered to the updates of the messages. */
function judgeStates(states: StoredState[], log: Message[], changes: Change[]) {
  let versionsTwice = 0;
  let revived = 0;
  let editsRepeated = 0;
  for (const { id, seq } of log) {
    const own = states.filter((state) => state.seq === seq).sort((a, b) => a.version - b.version);
    versionsTwice += own.length - new Set(own.map(({ version }) => version)).size;
    const tombstone = own.findIndex(({ deletedAt }) => deletedAt !== undefined);
    revived += tombstone < 0 ? 0 : own.length - 1 - tombstone;
    const arrivals = own.map(({ content }) => content).filter((content, n, all) => content !== all[n - 1]);
    editsRepeated += changes.filter(
      ({ messageId, content, requests }) =>
        messageId === id && arrivals.filter((arrival) => arrival === content).length > requests,
    ).length;
  }
  return { versionsTwice, revived, editsRepeated };
}

/** The acknowledged edits of a message that began when the one whose text is there had ended, or that has an unknown text. */
function lostEdits({ id, content, deletedAt, type }: Message, sent: Sent[], changes: Change[]): Change[] {
  if (deletedAt !== undefined || type !== 'text') return [];
  const edits = changes.filter(({ kind, messageId }) => kind === 'edit' && messageId === id);
  const last = edits.find((edit) => edit.content === content);
  const isOriginal = sent.some((message) => message.content === content);
  const lastEnded = last?.ended ?? (isOriginal ? -1 : Number.NEGATIVE_INFINITY);
  return edits.filter((edit) => edit.acknowledged && edit !== last && lastEnded < edit.began);
}

/** The reactions of users to a message whose last request says something else than the table. */
function wrongReactions(
  { id, deletedAt, reactions: shown = [] }: Message,
  reactions: Map<string, Set<string>>,
  changes: Change[],
): string[] {
  const own = changes.filter(({ kind, messageId }) => messageId === id && (kind === 'react' || kind === 'take back'));
  const stored = (emoji: string) => reactions.get(`${id} ${emoji}`) ?? new Set();
  const miscounted = shown.filter(({ emoji, count }) => stored(emoji).size !== count).map(({ emoji }) => emoji);
  if (deletedAt !== undefined) return shown.map(({ emoji }) => emoji);
  const byReaction = Map.groupBy(own, ({ userId, emoji }) => `${userId} ${emoji}`);
  const wrong = [...byReaction.values()].filter((all) => {
    const last = all.filter((change) => !all.some((other) => other.acknowledged && change.ended < other.began));
    const kinds = new Set(last.map(({ kind }) => kind));
    if (kinds.size !== 1 || !last.some(({ acknowledged }) => acknowledged)) return false;
    const { userId, emoji } = last[0] as Change;
    return stored(emoji).has(userId) !== kinds.has('react');
  });
  return [...miscounted, ...wrong.map(() => 'wrong')];
}
