import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { askAssistant } from '#shared/contract/ai/ask-assistant.ts';
import { reportMessage } from '#shared/contract/chats/report-message.ts';
import { fieldErrorsOf } from '#shared/contract/field-errors.ts';
import { content, device, groupName, newPassword, personName, triedPassword } from '#shared/contract/fields/index.ts';

const { question } = askAssistant.body.shape;
const { reason } = reportMessage.body.shape;

const read = (field: z.ZodMiniType<string>, text: string) => z.safeParse(field, text).data;
function ruleOf(field: z.ZodMiniType<string>, text: string) {
  const { error } = z.safeParse(field, text);
  return error && fieldErrorsOf(error)[0]?.rule;
}

/** Written with escapes where an editor would hide or reorder the characters. */
const ordinary = [
  'Anna',
  'Удалова Ассистентка',
  'Анна-Мария О’Нил',
  'Nguyễn Thị Ngọc Ánh'.normalize('NFD'),
  '\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645', // Persian with a zero-width non-joiner
  '\u0915\u094D\u200D\u0937\u0924\u094D\u0930\u093F\u092F', // Hindi with a zero-width joiner
  '\u05D1\u05BC\u05B0\u05E8\u05B5\u05D0\u05E9\u05C1\u05B4\u0596\u05D9\u05EA', // Hebrew with vowels and cantillation
  'ที่นี่ น้ำ ผู้',
  '한국어'.normalize('NFD'),
  'משה (אבא)\u200F',
  '👨\u200D👩\u200D👧\u200D👦',
  '❤\uFE0F\u200D🔥',
  '1\uFE0F\u20E3',
  '🇷🇺',
  '🏴\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}',
  '葛\u{E0100}城',
  '👍🏽',
  'A\u0300\u0301\u0302\u0303',
];

describe.each([
  ['a person', personName],
  ['a group', groupName],
  ['a device', device],
])('the name of %s', (_whose, field) => {
  test.each(ordinary)('may be %s', (name) => {
    expect(read(field, name)).toBe(name);
  });

  test.each(['\n', '\r', '\v', '\f', '\t', '\0', '\u0085', '\u2028', '\u2029', '\u202E', '\u2067'])(
    'is on one line: not with %j',
    (one) => {
      expect(ruleOf(field, `Anna${one}System`)).toBe('line_breaks');
    },
  );

  test.each(['A', '\u0627'])('has at most four marks on a letter: %s', (letter) => {
    for (const marks of [
      '\u0300\u0301\u0302\u0303\u0304',
      '\u0300'.repeat(60),
      '\u0300\u200D'.repeat(5),
      '\u20DD'.repeat(5),
    ])
      expect(ruleOf(field, letter + marks), JSON.stringify(marks)).toBe('combining_marks');
    expect(ruleOf(field, 'ấ\u0300\u0301\u0304')).toBe('combining_marks');
  });
});

describe('what people write', () => {
  const blank = [
    '\u200B',
    '\u200B \u2060',
    '\u00AD',
    '\u034F',
    '\u061C',
    '\u115F',
    '\u1160',
    '\u17B4',
    '\u180E',
    '\u2800',
    '\u3164',
    '\uFE0F',
  ];
  const more = [
    '\uFFA0',
    '\uFFF9\uFFFB',
    '\u{E0001}',
    '\u{E0100}',
    '\u{1D159}',
    '\u{1D173}',
    '\0',
    '\u0001',
    '\u0301',
    '\u20DD',
    '\u200E\u200F',
  ];

  test.each([
    ['content', content],
    ['a question', question],
    ['a reason', reason],
    ['a name', personName],
  ])('has something visible: %s', (_what, field) => {
    for (const text of [...blank, ...more])
      expect(ruleOf(field, `${text}${text}`), JSON.stringify(text)).toMatch(/invisible|line_breaks/);
    for (const name of ordinary) expect(read(field, name)).toBe(name);
    for (const sign of ['.', '۝', '〰', '\u0903', '😀', '…']) expect(read(field, sign)).toBe(sign);
  });

  test('stays as it was sent in content and questions', () => {
    for (const text of ['  indented\n\ttext \n', '\u3000段落', '\u2028x\u2028', '\u202Ax'])
      for (const field of [content, question]) expect(read(field, text)).toBe(text);
  });
});

describe('a name that the app uses itself', () => {
  test.each([
    'Assistant',
    'ASSISTANT',
    'ａｓｓｉｓｔａｎｔ',
    'As\u200Bsistant',
    ' A s s i s t a n t ',
    'Аssistаnt', // Cyrillic А, а
    'Αssistant', // Greek Α
    'Asslstant',
    '𝐀𝐬𝐬𝐢𝐬𝐭𝐚𝐧𝐭',
    'Assistant.',
    '🤖 Assistant',
    'Ássistant',
    'Deleted user',
    'Deleted  user',
    'deleted\u00A0USER',
    'Dеlеtеd usеr', // Cyrillic е
    'Ассистент',
    'ассистент',
    'Accистeнт', // Latin A, c, c, e
    'Удалённый пользователь',
    'Удаленный пользователь',
    'УДАЛЕ\u0308ННЫЙ ПОЛЬЗОВАТЕЛЬ',
    'Удалённый Пoльзoвaтeль', // Latin o, o, a, e
  ])('is refused: %s', (name) => {
    expect(ruleOf(personName, name)).toBe('reserved_name');
  });

  test.each(['Assistant manager', 'Ассистентка', 'Deleted', 'User', 'Пользователь', 'Asisstant'])(
    'is not %s',
    (name) => {
      expect(read(personName, name)).toBe(name);
    },
  );
});

test.each(['\u0301', '\u0301\u0323', '\u200B', ' ', 'a\u0300', '\uFDFA', 'l', '\u0300\u200D'])(
  '64 KB of %j are read within the time of a test',
  (unit) => {
    const text = unit.repeat(65_536 / unit.length);
    for (const field of [content, question, personName, groupName, device, newPassword, triedPassword])
      read(field, text);
  },
);
