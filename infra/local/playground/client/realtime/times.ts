/** The timings of the realtime client, in milliseconds. */
export const times = {
  /** The wait before reconnecting: a random part of a limit that doubles, so that clients do not all return at once. */
  reconnect: { first: 1000, max: 30_000 },
  /**
   * An inbox that the server closed within a time after it had opened made room for another one: the wait before it returns,
   * and before it looks whether its session has ended: the server ends it up to some seconds after it has closed the inbox.
   */
  eviction: { within: 60_000, wait: 60_000, check: 5000 },
  /** An inbox that was live for this long begins with the shortest wait when it reconnects. */
  stable: 10_000,
  /** The wait before requesting missing messages, which doubles each time. The server fills a hole within a minute. */
  gap: { first: 1000, max: 60_000 },
  /** The wait before requesting changes that may be missing: after a minute, all changes up to now have settled. */
  settle: { atLeast: 60_000, random: 10_000 },
  /** The wait before repeating a request or a message that was refused: a random part of a limit that doubles. */
  repeat: { first: 1000, max: 10_000 },
  /** Signing out lets requests finish for this long: the server would refuse them after it. */
  signOut: 3000,
  /** API Gateway closes connections that are idle for ten minutes. */
  ping: 300_000,
  /** Without an answer to a handshake, a ping or a message in this time, the connection is considered dead. */
  answer: 10_000,
  /** An upload of which nothing more was sent or answered for this long has broken off. */
  upload: 60_000,
  /** For the whole answer to a `sync`: the server gives up after 20 s, API Gateway after 29 s. */
  sync: 30_000,
  /** How often a client says that its user goes on writing, and for how long others show it. */
  typing: { repeat: 10_000, shown: 12_000 },
  /** How often a client asks who is connected, while that is on the screen. */
  presence: 60_000,
  /** At most one read mark is sent in this time. */
  readMark: 5000,
  /** A deleted message can be brought back for this long. */
  undo: 5000,
  /** A message that could not be sent for this long is not sent by itself any more. */
  unsent: 86_400_000,
  /** An answer of the assistant that has not grown for this long will not be finished. */
  draft: 30_000,
};

/** The wait before a given try, counted from 0: `first`, doubled each time, up to `max`. */
export const backOff = ({ first, max }: { first: number; max: number }, tries: number): number =>
  Math.min(first * 2 ** tries, max);

/** A random part of that wait, so that clients that were refused together do not all return at once. */
export const jittered = (growing: { first: number; max: number }, tries: number): number =>
  Math.random() * backOff(growing, tries);

/** Clients that heard of a change at the same time do not ask for it at the same time. */
export const settling = (): number => times.settle.atLeast + Math.random() * times.settle.random;

export type Timer = ReturnType<typeof setTimeout> | undefined;
