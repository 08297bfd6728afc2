import * as z from 'zod/mini';
import { id, text } from '../fields/index.ts';

export const reason = text(1, 500).check(z.describe('Why, for the audit.'));

/** Which person a command is about. */
export const who = text(1, 254).check(z.describe('The id, email or phone of a user.'));

export const month = z
  .string()
  .check(z.regex(/^20\d\d-(0[1-9]|1[0-2])$/, 'must be a month such as 2026-11'), z.describe('A month: 2026-11.'));

export const chatId = id.check(z.describe('The id of a chat.'));

export const messageId = z
  .string()
  .check(z.minLength(1), z.maxLength(128), z.describe('The id of a message, as reports show it.'));

/** For the next page of a list; absent on the last. */
export const cursor = z
  .string()
  .check(z.minLength(1), z.maxLength(1000), z.describe('The `cursor` of the previous page.'));
