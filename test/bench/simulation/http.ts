import { cpu, http } from './assumptions.ts';
import { at } from './clock.ts';
import type { Environment } from './environment.ts';

/** What comes of a request that is at its service, after how many milliseconds. */
type Arrive<Answer> = () => { latency: number; answer: Answer };

/** A request as shared/platform/aws/request.ts makes it: on a socket of its environment, for as long as its patience. */
export function request<Answer>(from: Environment, arrive: Arrive<Answer>, deadline: number): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const made = new Request(from, arrive, resolve, reject);
    // What was given up while it waited leaves the socket to the next.
    from.takeSocket((fresh) => (Date.now() >= deadline ? from.leaveSocket() : made.begin(fresh)));
  });
}

/** When it is over it holds on to nothing: its timer would keep too much of a million of them. */
class Request<Answer> {
  private readonly from: Environment;
  private arrive: Arrive<Answer> | undefined;
  private resolve: ((answer: Answer) => void) | undefined;
  private reject: ((error: Error) => void) | undefined;

  constructor(
    from: Environment,
    arrive: Arrive<Answer>,
    resolve: (answer: Answer) => void,
    reject: (error: Error) => void,
  ) {
    this.from = from;
    this.arrive = arrive;
    this.resolve = resolve;
    this.reject = reject;
  }

  private readonly wanted = () => this.arrive !== undefined;

  begin(fresh: boolean): void {
    const send = () => this.from.work(cpu.post, () => this.send(), this.wanted);
    // On an open socket, with little else to do, none takes that long.
    if (fresh || this.from.backlog > http.timeoutMs / 2) at(Date.now() + http.timeoutMs, () => this.late());
    if (fresh) this.shakeHands(send);
    else send();
  }

  /** Half of the work before the server's part and half after it: of many at once all begin before one ends. */
  private shakeHands(done: () => void): void {
    const half = (next: () => void) => this.from.work(cpu.handshake / 2, next, this.wanted);
    half(() => at(Date.now() + http.roundTrip, () => half(done)));
  }

  private send(): void {
    if (!this.arrive) return;
    const { latency, answer } = this.arrive();
    at(Date.now() + latency, () => this.end(answer));
  }

  private end(answer: Answer): void {
    const { resolve } = this;
    if (!resolve) return;
    this.forget();
    this.from.leaveSocket();
    resolve(answer);
  }

  private late(): void {
    const { reject } = this;
    if (!reject) return;
    this.forget();
    this.from.closeSocket();
    reject(Object.assign(new Error('No answer in time'), { name: 'TimeoutError' }));
  }

  private forget(): void {
    this.arrive = undefined;
    this.resolve = undefined;
    this.reject = undefined;
  }
}
