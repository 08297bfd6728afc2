import * as z from 'zod/mini';
import { id } from '../fields/index.ts';

/**
 * The chat that a client's frame is about. A chat's socket has always ignored it, so a wrong one counts as none; an inbox
 * then answers that it is missing.
 */
export const frameChat = z
  .catch(z.optional(id), undefined)
  .check(z.describe('The chat. Required on an inbox; on the socket of a chat it is ignored.'));
