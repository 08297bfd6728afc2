import type { AwsResponse, HttpResponse } from '../../../shared/platform/aws/request.ts';
import type { DatabaseFault } from '../histories/faults.ts';
import { type Caller, type DatabaseCall, invokeAs } from './network.ts';
import type { Planned } from './plan.ts';
import { sleep } from './time.ts';

/** What a worker does while it holds the mark locked. */
export interface Work {
  isRetry: boolean;
  /** When it read the messages. */
  readAt: number;
  isMarked: boolean;
  /** Why the mark does not have what was done. */
  obstacle?: 'mark not written' | 'retry not enqueued' | 'worker died';
}

/** Longer than many calls take, and shorter than a call may take. Milliseconds. */
const slowMs = 1500;
/** When a function gives up a call to DynamoDB, milliseconds. */
const callTimeoutMs = 2000;

const never = new Promise<never>(() => {});
const broken = () => Object.assign(new Error('The connection broke'), { code: 'ECONNRESET' });
const outOfTime = () => Object.assign(new Error('No answer in time'), { name: 'TimeoutError' });
const between = (min: number, max: number) => min + Math.floor(Math.random() * (max - min));

const refusal = (statusCode: number, type: string): HttpResponse => ({
  statusCode,
  headers: { 'content-type': 'application/x-amz-json-1.0' },
  body: Buffer.from(JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${type}`, message: type })),
});

/** One invocation of the function `push`. When it dies, its calls go no further. */
export class Worker implements Caller {
  readonly beganAt = Date.now();
  /** The work on the current event. */
  work: Work | undefined;
  private isDead = false;
  private readonly death = Promise.withResolvers<never>();
  private readonly planned: Planned;
  private readonly enqueue: (body: string, delaySeconds: number) => void;

  constructor(planned: Planned, enqueue: Worker['enqueue']) {
    this.planned = planned;
    this.enqueue = enqueue;
  }

  /** Throws when it dies or runs into Lambda's timeout. */
  run<T>(handle: () => Promise<T>, timeoutMs: number): Promise<T> {
    const timedOut = sleep(timeoutMs).then(() => this.die());
    return Promise.race([invokeAs(this, handle), this.death.promise, timedOut]);
  }

  /** Never returns. */
  die(): Promise<never> {
    this.isDead = true;
    if (this.work && !this.work.isMarked) this.work.obstacle ??= 'worker died';
    this.death.reject(new Error('The worker died'));
    return never;
  }

  /** Waits. Never resolves if the worker dies meanwhile. */
  async live(ms = between(1, 8)): Promise<void> {
    await sleep(ms);
    if (this.isDead) await never;
  }

  async database({ operation, body, make }: DatabaseCall): Promise<HttpResponse> {
    await this.live();
    const isBegin = body.includes('SET lockId = :lock');
    const isEnd = operation === 'PutItem' && body.includes('lockId = :lock');
    const fault = this.faultOf(isBegin, isEnd);
    if (fault && isEnd && this.work && !fault.startsWith('killed')) this.work.obstacle = 'mark not written';
    if (fault === 'throttled') return refusal(400, 'ProvisionedThroughputExceededException');
    if (fault === 'failed') return refusal(500, 'InternalServerError');
    if (fault === 'killed before') return this.die();
    if (fault === 'slow') await this.live(slowMs);
    if (body.includes('"MSG#') && operation === 'Query' && this.work) this.work.readAt = Date.now();
    const answer = await make();
    if (isEnd && this.work && answer.statusCode === 200) this.work.isMarked = true;
    if (fault === 'killed after') return this.die();
    if (fault === 'lost') throw broken();
    if (fault === 'unanswered') {
      await this.live(callTimeoutMs);
      throw outOfTime();
    }
    await this.live();
    if (isBegin && answer.statusCode === 200)
      this.work = { isRetry: !body.includes(':windowStart'), readAt: Date.now(), isMarked: false };
    return answer;
  }

  private faultOf(isBegin: boolean, isEnd: boolean): DatabaseFault | undefined {
    const own = (isBegin && this.planned.next('begin')) || (isEnd && this.planned.next('end'));
    return own || this.planned.next('database');
  }

  async queue(body: string, delaySeconds: number): Promise<AwsResponse> {
    await this.live();
    const fault = this.planned.next('enqueue');
    if (fault === 'killed before') return this.die();
    if (fault === 'refused') {
      if (this.work) this.work.obstacle = 'retry not enqueued';
      return { status: 500, body: 'InternalFailure' };
    }
    const lateBy = fault === 'late' ? between(1, 40) : 0;
    this.enqueue(body, delaySeconds + lateBy);
    if (fault === 'killed after') return this.die();
    if (fault === 'lost') throw broken();
    await this.live();
    return { status: 200, body: '{}' };
  }
}
