import { randomUUID } from 'node:crypto';
import type { Json } from '../api-client.ts';
import { refusal } from '../stand-ins/fcm.ts';
import { currentCaller } from './network.ts';
import type { FirebaseFault, Planned } from './plan.ts';
import { sleep } from './time.ts';
import type { Work, Worker } from './worker.ts';

/** A notification that a worker sent. */
export interface Push {
  token: string;
  seq: number;
  rev: number;
  type: string;
  /** Title and body. */
  text: string;
  sentAt: number;
  /** When Firebase accepted it. */
  acceptedAt?: number;
  /** What Firebase decided. */
  verdict?: 'accepted' | 'busy' | 'gone' | 'refused' | 'unauthorized';
  /** Whether the worker got the answer. */
  isAnswered?: true;
  /** Firebase has asked for no request before then. */
  notBefore?: number;
  worker: Worker;
  work: Work;
}

const between = (min: number, max: number) => min + Math.floor(Math.random() * (max - min));

const unavailable = ['503', '503 with Retry-After', '429', '429 with Retry-After'] as const;
const isUnavailable = (fault: FirebaseFault): fault is (typeof unavailable)[number] =>
  unavailable.some((one) => one === fault);

const namesToken = {
  '@type': 'type.googleapis.com/google.rpc.BadRequest',
  fieldViolations: [{ field: 'message.token' }],
};

/** Firebase Cloud Messaging and Google's tokens, with the faults of a history. */
export class Firebase {
  /** Oldest first. */
  readonly pushes: Push[] = [];
  /** Tokens that no app has any longer. */
  readonly unregistered = new Set<string>();
  private readonly planned: Planned;
  private readonly replace: (token: string) => Promise<void>;

  /** `replace` has the app of a device get another token. */
  constructor(planned: Planned, replace: (token: string) => Promise<void>) {
    this.planned = planned;
    this.replace = replace;
  }

  /** Stands for `fetch`. */
  async answer(url: string, { body, signal }: RequestInit): Promise<Response> {
    const worker = currentCaller() as Worker;
    if (url.endsWith('/token')) return Response.json({ access_token: randomUUID(), expires_in: 3599 });
    const push = this.pushOf(JSON.parse(String(body)).message, worker);
    this.pushes.push(push);
    const aborted = new Promise<never>((_, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason));
    });
    const response = await Promise.race([this.serve(push), aborted]);
    await worker.live(between(5, 300));
    push.isAnswered = true;
    return response;
  }

  private pushOf({ token, notification: { title, body }, data }: Json, worker: Worker): Push {
    const { seq, rev, type } = data;
    const about = { token, seq: Number(seq), rev: Number(rev), type, text: `${title}: ${body}` };
    return { ...about, sentAt: Date.now(), worker, work: worker.work as Work };
  }

  /** Once a request is on its way to Firebase, it arrives even if the worker dies. */
  private async serve(push: Push): Promise<Response> {
    const fault = this.planned.next('firebase');
    if (fault === 'killed before') return push.worker.die();
    await sleep(between(10, 900));
    if (fault === 'silent') return new Promise(() => {});
    if (fault === 'token replaced') await this.replace(push.token);
    if (fault === 'unregistered' || fault === 'token replaced') this.unregistered.add(push.token);
    if (this.unregistered.has(push.token)) return decide(push, 'gone', answer(404, 'UNREGISTERED'));
    if (fault === 'token') return decide(push, 'gone', answer(400, 'INVALID_ARGUMENT', [namesToken]));
    if (fault === 'payload') return decide(push, 'refused', answer(400, 'INVALID_ARGUMENT'));
    if (fault === '401') return decide(push, this.unauthorized(push), answer(401, 'UNAUTHENTICATED'));
    if (fault && isUnavailable(fault)) return decide(push, 'busy', turnAway(push, fault));
    push.acceptedAt = Date.now();
    if (fault === 'killed after') return push.worker.die();
    if (fault === 'lost') throw new TypeError('fetch failed', { cause: { code: 'ECONNRESET' } });
    return decide(push, 'accepted', Response.json({ name: `projects/our-project/messages/${this.pushes.length}` }));
  }

  /** The second time, the worker does not try again. */
  private unauthorized({ token, work }: Push): 'unauthorized' | 'refused' {
    const isSecond = this.pushes.some((one) => one.work === work && one.token === token && one.verdict);
    return isSecond ? 'refused' : 'unauthorized';
  }
}

function decide(push: Push, verdict: NonNullable<Push['verdict']>, response: Response): Response {
  push.verdict = verdict;
  return response;
}

function turnAway(push: Push, fault: (typeof unavailable)[number]): Response {
  const status = Number(fault.slice(0, 3));
  if (!fault.includes('Retry-After')) return answer(status, 'UNAVAILABLE');
  const seconds = between(2, 70);
  push.notBefore = Date.now() + seconds * 1000;
  return answer(status, 'UNAVAILABLE', [], { 'retry-after': String(seconds) });
}

function answer(
  status: number,
  errorCode: string,
  more: object[] = [],
  headers: Record<string, string> = {},
): Response {
  const { body } = refusal(status, errorCode, more);
  return Response.json(body, { status, headers });
}
