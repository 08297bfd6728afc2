/** How long the realtime client waits for what. Milliseconds. */
export const times = {
  /** The wait before a new try is a random part of `first`, twice that, ... `most`: not all clients at once. */
  backOff: { first: 1000, most: 30_000 },
  /** Before asking for what is missing: `first`, then twice as long each time. A hole is filled after a minute at most. */
  askAgain: { first: 1000, most: 60_000 },
  /** API Gateway closes what is idle for ten minutes. */
  ping: 300_000,
  /** A handshake, a ping or a message without an answer for so long: the connection is dead, or nearly. */
  answer: 10_000,
  /** While a socket catches up, for the whole of an answer: the server gives up after 20 s, API Gateway after 29. */
  sync: 30_000,
  /** A message that wasn't stored for so long has failed: the user decides about another try. */
  timeoutMs: 30_000,
};

/** `first`, twice that, ... but not more than `most`. */
export const longer = ({ first, most }: { first: number; most: number }, tries: number): number =>
  Math.min(first * 2 ** tries, most);

export type Timer = ReturnType<typeof setTimeout> | undefined;
