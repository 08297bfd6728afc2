import * as z from 'zod/mini';
import { inOneLine, rule, visible } from './rules.ts';
import { text } from './text.ts';

export const device = text(1, 100).check(
  z.describe('The name shown in the list of sessions; by default the User-Agent header.'),
);

/** Names that the app shows for others, in every language: the assistant, and authors whose account is gone. */
const reservedNames = ['assistant', 'deleted user', 'ассистент', 'удалённый пользователь', 'удаленный пользователь'];

/** However it is written: other letter case, compatible characters, invisible ones in between. */
const plain = (name: string) =>
  name
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/\s+/gu, ' ')
    .trim()
    .toLowerCase();

const notReserved = rule(
  'reserved_name',
  (name) => !reservedNames.includes(plain(name)),
  'must not be a name that the app uses itself',
);

export const personName = text(1, 80).check(inOneLine, visible, notReserved);
export const groupName = text(1, 100).check(inOneLine, visible);
