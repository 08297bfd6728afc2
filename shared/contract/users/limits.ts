import { minutes } from '../endpoint.ts';

export const wrongProofs = { per: 'user', allow: 10, within: minutes(15), counts: 'wrong guesses' } as const;
