import { busiestSecond, shares } from './assumptions.ts';
import { defaultOf } from './counted.ts';
import { day } from './day.ts';
import type { Use } from './use.ts';

/** How many daily users fit below each quota in the busiest second. The defaults are those of docs/scale.md. */

interface Quota {
  name: string;
  /** A setting of ours, which is changed without asking AWS. */
  isOurs?: boolean;
  /** A second; of Lambda, at once. */
  limit: number;
  /** What one daily user adds in the busiest second. */
  perUser: number;
}

export interface Fit extends Quota {
  users: number;
}

const inSecond = (perDay: number) => (perDay * shares.busiestHour * busiestSecond) / 3600;
const of = (...names: (keyof Use)[]) => inSecond(names.reduce((total, name) => total + day[name], 0));

const quotas: Quota[] = [
  {
    name: 'API Gateway: requests and frames/s',
    limit: defaultOf('API Gateway requests', '/s'),
    perUser: of('requests', 'frames'),
  },
  { name: 'API Gateway: new connections/s', limit: defaultOf('new WebSocket', '/s'), perUser: of('handshakes') },
  {
    name: '`throttle`: REST requests/s',
    isOurs: true,
    limit: defaultOf('requests of the stage', '/s'),
    perUser: of('requests'),
  },
  {
    name: '`throttle`: frames of clients/s',
    isOurs: true,
    limit: defaultOf('requests of the stage', '/s'),
    perUser: of('framesIn', 'handshakes'),
  },
  { name: 'Lambda: functions at once', limit: defaultOf('Lambda concurrency', ' '), perUser: of('lambdaMs') / 1000 },
  { name: 'DynamoDB: write units/s', limit: defaultOf('DynamoDB on-demand', ' write'), perUser: of('writeUnits') },
  {
    name: 'DynamoDB: read units/s of the table Chat',
    limit: defaultOf('DynamoDB on-demand', ' read'),
    perUser: of('readUnits') - of('connectionReads'),
  },
  {
    name: 'DynamoDB: read units/s of Connections',
    limit: defaultOf('DynamoDB on-demand', ' read'),
    perUser: of('connectionReads'),
  },
  {
    name: 'S3: uploads/s to one partition',
    limit: defaultOf('S3, one partition', ' writes'),
    // The copies go elsewhere.
    perUser: of('fileWrites') / 2,
  },
  {
    name: 'CloudFront: requests/s',
    limit: defaultOf('CloudFront, per distribution', ' requests'),
    perUser: of('edgeRequests'),
  },
  { name: 'Firebase: pushes/s', limit: defaultOf('Firebase', ' messages') / 60, perUser: of('pushes') },
  {
    name: '`maxConcurrency` of `push`: messages/s',
    isOurs: true,
    limit: defaultOf('`maxConcurrency` of the function `push`', ' messages'),
    perUser: of('pushEvents'),
  },
  {
    name: '`maxConcurrency` of `delete-files`: files/s',
    isOurs: true,
    limit: defaultOf('`maxConcurrency` of the function `delete-files`', ' sends'),
    perUser: of('fileEvents'),
  },
];

/** The one that binds first comes first. */
export const fits: Fit[] = quotas
  .map((quota) => ({ ...quota, users: quota.limit / quota.perUser }))
  .toSorted((a, b) => a.users - b.users);
