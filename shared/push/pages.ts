import { hash } from 'node:crypto';
import type { PushEvent } from '#shared/delivery/push.ts';

/** An event whose page is known. */
export type PagedEvent = PushEvent & { page: number };

/** Participants whose memberships are read at once. */
const pageSize = 250;

/** The only page of a chat that is no larger than one. */
const whole = 0;
/** Those of a larger chat, which has at most 1,000 participants. */
const parts = [1, 2, 3, 4];

export const pagesOf = (participants: number): number[] => (participants <= pageSize ? [whole] : parts);

/** Whether somebody is on a page. It does not depend on who else is in the chat, so nobody moves between two marks. */
export const isOnPage = (userId: string, page: number): boolean =>
  page === whole || parts[Number.parseInt(hash('sha256', userId).slice(0, 6), 16) % parts.length] === page;

/** Whether a page of this number may have been pushed to before it had a mark: not one that a chat got by growing. */
export const isOldest = (page: number): boolean => page === whole;
