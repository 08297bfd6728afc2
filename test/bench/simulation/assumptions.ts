/** What AWS is taken for. Times are milliseconds; quotas are of one account in one region. */

export interface Quotas {
  /** API Gateway: posts to connections and frames that come in, a second, and how many at once. */
  requests: { rate: number; burst: number };
  /** Environments of Lambda that run at once. */
  concurrency: number;
  /** New ones of a function, a second and at once. */
  newEnvironments: { rate: number; burst: number };
  /** DynamoDB, of a table: units a second. */
  reads: number;
}

/** An account that asked for nothing, and an on-demand table that has not seen more. */
export const defaultQuotas: Quotas = {
  requests: { rate: 10_000, burst: 5000 },
  concurrency: 1000,
  newEnvironments: { rate: 100, burst: 1000 },
  reads: 12_000,
};

/** The burst grows with the rate; the table was warmed to the most it may have without asking. */
export const raisedQuotas = (rate: number): Quotas => ({
  ...defaultQuotas,
  requests: { rate, burst: rate / 2 },
  concurrency: 3000,
  reads: 40_000,
});

/** The share of one of several equal parts of an account. */
export const partOf = ({ requests, concurrency, newEnvironments, reads }: Quotas, parts: number): Quotas => ({
  requests: { rate: requests.rate / parts, burst: requests.burst / parts },
  concurrency: concurrency / parts,
  newEnvironments: { rate: newEnvironments.rate / parts, burst: newEnvironments.burst / parts },
  reads: reads / parts,
});

/** A post's latency: a minimum plus a random part. Together p50 15, p99 52, one in a million 260. Refusals are faster. */
export const postLatency = { least: 6, more: { median: 9, sigma: 0.7 }, refused: [4, 10] } as const;

/** CPU of a whole core. */
export const cpu = {
  /** docs/performance.md. */
  post: 0.15,
  /** TLS on a new socket: measured once with shared/platform/aws/request.ts and a server's RSA certificate. */
  handshake: 2,
  /** An item of a query's answer. */
  item: 0.01,
  /** A message over the socket, all but its posts: docs/performance.md. */
  message: 15,
};

/** What shared/platform/aws/request.ts waits for an answer, and its sockets; and the way to API Gateway and back. */
export const http = { timeoutMs: 1000, maxSockets: 50, roundTrip: 2 };

/** Shares of a core that functions have: 512 MB and 1,769 MB. */
export const cores = { message: 0.29, deliver: 1 };

export const lambda = {
  coldStart: 300,
  /** From a frame at API Gateway to its function. */
  integration: [5, 15],
  /** The answer to one that has a function invoked. */
  answer: [10, 20],
  /** From there to the function's start. */
  event: [20, 50],
  /** An event that fails is tried again twice. */
  failed: [60_000, 120_000],
  /** An invocation without a free environment is retried, after twice the time each time, until it is too old. */
  throttled: { first: 1000, most: 300_000, oldest: 600_000 },
  timeout: 28_000,
} as const;

export const dynamo = {
  latency: [5, 10],
  itemBytes: 150,
  unitBytes: 4096,
  /** A participant in the list of a chat's participants. */
  participantBytes: 37,
  /** shared/data/table.ts: keys in a batch, and batches at once. */
  batch: 100,
  batchesAtOnce: 8,
  /** The SDK's tries of a throttled call; it waits a random part of 500, then of 1,000, then of 2,000. */
  attempts: 4,
  throttleDelay: 500,
} as const;

/** SQS, its source of events at Lambda, and what a worker does with one. */
export const queues = {
  /** From the end of its delay to Lambda. */
  receive: [10, 50],
  answer: [5, 15],
  batch: 10,
  /** Before Lambda is asked again when no environment is left. */
  retry: 1000,
  /** infra/constructs/push.ts and infra/constructs/files.ts. */
  maxConcurrency: { push: 10, files: 2 },
} as const;

/** A push to the nine others of ten, of whom nobody has read: test/docs/costs-of-push.test.ts counts 49 read units. */
export const push = {
  /** 17 operations of 0.5 ms and nine posts: docs/performance.md. Estimated. */
  cpu: 12,
  readUnits: 49,
  trips: 9,
  /** Firebase's answer. Estimated. */
  firebase: [50, 150],
} as const;

/** A picture with a thumbnail. Estimated, but for the calls: test/docs/costs-of-files.test.ts. */
export const picture = {
  /** Two checks at the same time, and two copies. */
  trips: 2,
  s3: [30, 80],
  cpu: 3,
  /** `delete-files`, which finds that the message exists. */
  deleteFiles: { cpu: 1, trips: 2 },
} as const;

/** Before a client sends again what has no echo. */
export const client = { timeoutMs: 5000 };

/** A client that comes back. */
export const comingBack = {
  /** From the client to the answer. */
  request: [60, 120],
  handshake: [100, 200],
  /** infra/local/playground/client/rest/api.ts: how often a request is sent that API Gateway refuses. */
  tries: 4,
} as const;
