import * as z from 'zod/mini';
import { fewMarks, inOneLine, rule } from './rules.ts';
import { text } from './text.ts';
import { inLatin } from './typed/look-alikes.ts';

const name = (max: number) => text(1, max).check(inOneLine, fewMarks);

/** Names that the app shows for others, in every language: the assistant, the operator, and authors whose account is gone. */
const reservedNames = [
  'Assistant',
  'Administration',
  'Deleted user',
  'Ассистент',
  'Администрация',
  'Удалённый пользователь',
];

/** What a reader takes it for: only letters and digits, without accents, and look-alikes as one letter. */
const looks = (written: string) =>
  inLatin(
    written
      .normalize('NFKD')
      .replace(/[^\p{L}\p{N}]/gu, '')
      .toUpperCase(),
  )
    .replace(/[L1]/g, 'I')
    .replaceAll('0', 'O');

const reserved = new Set(reservedNames.map(looks));

const notReserved = rule(
  'reserved_name',
  (written) => !reserved.has(looks(written)),
  'must not be a name that the app uses itself',
);

export const device = name(100).check(
  z.describe('The name shown in the list of sessions; by default the User-Agent header.'),
);
export const personName = name(80).check(notReserved);
export const groupName = name(100);
