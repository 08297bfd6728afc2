import type { Endpoint, ResponseOf } from '#shared/contract/endpoint.ts';

/** Sends a request of the signed-in user. */
export type Call = <E extends Endpoint>(path: string, body?: object, method?: string) => Promise<ResponseOf<E>>;
