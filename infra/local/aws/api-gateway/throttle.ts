import type { Chaos, Fault } from '../chaos.ts';
import type { Api, Rate } from '../cloudformation/apis.ts';

/** API Gateway's token bucket: a request takes a token, and `perSecond` come back, up to `burst`. */
class TokenBucket {
  private readonly rate: Rate;
  private tokens: number;
  private filledAt = performance.now();

  constructor(rate: Rate) {
    this.rate = rate;
    this.tokens = rate.burst;
  }

  /** False if there is no token. */
  take(): boolean {
    const now = performance.now();
    const added = ((now - this.filledAt) / 1000) * this.rate.perSecond;
    this.tokens = Math.min(this.rate.burst, this.tokens + added);
    this.filledAt = now;
    if (this.tokens < 1) return false;
    this.tokens--;
    return true;
  }
}

const none: NonNullable<Api['throttles']> = { shared: undefined, routes: {} };

/**
 * The throttles of an API's stage: routes with settings of their own have a bucket each, the others share one. Always on,
 * because a laptop reaches 2,000 requests a second only in a test that means to, and API Gateway would refuse those too.
 */
export class Throttle {
  private readonly shared: TokenBucket | undefined;
  private readonly own: Map<string, TokenBucket>;
  private readonly chaos: Chaos;

  constructor({ throttles: { shared, routes } = none }: Api, chaos: Chaos) {
    this.shared = shared && new TokenBucket(shared);
    this.own = new Map(Object.entries(routes).map(([routeKey, rate]) => [routeKey, new TokenBucket(rate)]));
    this.chaos = chaos;
  }

  /** Whether API Gateway refuses a request for this route: a handshake is one for $connect, and a frame is one too. */
  refuses(routeKey: string, fault: Fault = 'requestThrottled'): boolean {
    const bucket = this.own.get(routeKey) ?? this.shared;
    return bucket?.take() === false || this.chaos.strikes(fault, routeKey);
  }
}
