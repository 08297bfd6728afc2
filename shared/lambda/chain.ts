import middy from '@middy/core';

/**
 * The chain of a handler's middlewares. A function that runs out of time is ended by Lambda, never answered for: middy's
 * early answer would have Lambda freeze it in the middle of a write, which goes on with the next event, maybe minutes
 * later. `sync` depends on this: after that time no message is stored under a number taken earlier.
 */
export const chain = <Event, Result>() => middy<Event, Result>({ timeoutEarlyInMillis: 0 });
