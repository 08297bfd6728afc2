import { hours, minutes } from '../endpoint.ts';

export const wrongProofs = { per: 'user', allow: 10, within: minutes(15), counts: 'wrong guesses' } as const;

/** Right ones too, because each hashes a password. */
export const proofs = { per: 'user', allow: 30, within: hours(1) } as const;
