import { type Limit, minutes } from './endpoint.ts';

/** Answers that read or send more than a screen needs. Only these are counted: counting costs more than a small page. */
export const largePages = { per: 'large page', allow: 60, within: minutes(1) } as const satisfies Limit;
