import { text } from './text.ts';

/** 4,000 code points are at most 16,000 bytes of UTF-8, so the limit of 16 KB holds by itself. */
export const content = text(1, 4000);
