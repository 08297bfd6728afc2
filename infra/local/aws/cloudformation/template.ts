import type { Principal } from '../iam/roles.ts';
import { type Api, readApis } from './apis.ts';
import { type BucketConfig, readBuckets } from './buckets.ts';
import { type EdgeBehavior, readDistributionHosts, readEdgeBehaviors } from './distribution.ts';
import { type FunctionConfig, readFunctions } from './functions.ts';
import { type EventSourceConfig, type QueueConfig, readEventSources, readQueues } from './queues.ts';
import { Resources } from './resources.ts';
import { readOperator } from './role-statements.ts';
import { readOperatorSecret, readRotations } from './secrets.ts';
import { readTables, type Table } from './tables.ts';

/** What the runner reads from a synthesized template. Every method throws on what the runner can't evaluate. */
export class Template {
  /** Where CDK wrote the template and the bundles. */
  readonly folder: string;
  private readonly resources: Resources;

  /** `template` is the parsed JSON. */
  constructor(template: unknown, folder: string) {
    this.resources = new Resources(template);
    this.folder = folder;
  }

  functions = (): FunctionConfig[] => readFunctions(this.resources, this.folder);
  /** Who may do something in AWS: the functions, the APIs that invoke them, and the operator. */
  principals = (): Principal[] => [
    ...this.functions(),
    ...this.apis().flatMap(({ routes }) => routes.map(({ invoker }) => invoker)),
    readOperator(this.resources),
  ];
  apis = (): Api[] => readApis(this.resources);
  edgeBehaviors = (): EdgeBehavior[] => readEdgeBehaviors(this.resources);
  /** The names under which clients reach the distribution. */
  distributionHosts = (): string[] => readDistributionHosts(this.resources);
  buckets = (): BucketConfig[] => readBuckets(this.resources);
  tables = (): Table[] => readTables(this.resources, this.functions());
  queues = (): QueueConfig[] => readQueues(this.resources);
  eventSources = (): EventSourceConfig[] => readEventSources(this.resources);
  operatorSecret = (): string => readOperatorSecret(this.resources);
  rotations = (): { secretId: string; functionId: string }[] => readRotations(this.resources);
}
