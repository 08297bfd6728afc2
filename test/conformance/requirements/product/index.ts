import type { Requirement } from '../requirement.ts';

/** What docs/api.md adds, and a client relies upon. */
export const product: Requirement[] = [];
