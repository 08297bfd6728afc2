import { pricesPerGigabyte, pricesPerMillion } from '../prices.ts';

/** What something takes of AWS. The gigabytes stored are those of a month. */
const nothing = {
  requests: 0,
  frames: 0,
  handshakes: 0,
  connectionMinutes: 0,
  edgeRequests: 0,
  edgeFunctions: 0,
  edgeBytes: 0,
  writeUnits: 0,
  readUnits: 0,
  invocations: 0,
  lambdaMs: 0,
  gigabyteSeconds: 0,
  loggedBytes: 0,
  queueRequests: 0,
  fileWrites: 0,
  fileReads: 0,
  storedFileBytes: 0,
  storedItemBytes: 0,
  /** Without a price of their own, but with a quota. */
  framesIn: 0,
  /** The read units that fall on the table Connections. */
  connectionReads: 0,
  pushes: 0,
  pushEvents: 0,
  fileEvents: 0,
};

export type Use = typeof nothing;

const names = Object.keys(nothing) as (keyof Use)[];

export const times = (count: number, use: Partial<Use>): Use =>
  Object.fromEntries(names.map((name) => [name, count * (use[name] ?? 0)])) as Use;

export const sum = (uses: Partial<Use>[]): Use =>
  Object.fromEntries(names.map((name) => [name, uses.reduce((total, use) => total + (use[name] ?? 0), 0)])) as Use;

export type Service = 'API Gateway' | 'DynamoDB' | 'Lambda' | 'CloudFront' | 'S3' | 'SQS' | 'logs';

/** Dollars. */
export function dollarsOf(use: Use): Record<Service, number> {
  const million = pricesPerMillion;
  const [gigabytes, gigabyte] = [1e-9, pricesPerGigabyte];
  const { requests, frames, connectionMinutes, edgeRequests, edgeFunctions } = use;
  const each = {
    'API Gateway': requests * million.request + frames * million.frame + connectionMinutes * million.connectionMinute,
    DynamoDB: use.writeUnits * million.writeUnit + use.readUnits * million.readUnit,
    Lambda: use.invocations * million.invocation + use.gigabyteSeconds * million.gigabyteSecond,
    CloudFront: edgeRequests * million.edgeRequest + edgeFunctions * million.edgeFunction,
    S3: use.fileWrites * million.fileWrite + use.fileReads * million.fileRead,
    SQS: use.queueRequests * million.queueRequest,
    logs: use.loggedBytes * million.loggedByte,
  };
  return {
    'API Gateway': each['API Gateway'] / 1e6,
    DynamoDB: each.DynamoDB / 1e6 + use.storedItemBytes * gigabytes * gigabyte.storedItems,
    Lambda: each.Lambda / 1e6,
    CloudFront: each.CloudFront / 1e6 + use.edgeBytes * gigabytes * gigabyte.edgeTransfer,
    S3: each.S3 / 1e6 + use.storedFileBytes * gigabytes * gigabyte.storedFiles,
    SQS: each.SQS / 1e6,
    logs: each.logs / 1e6,
  };
}
