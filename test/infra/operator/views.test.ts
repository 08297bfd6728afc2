import { describe, expect, test } from 'vitest';
import type { Message } from '#shared/contract/chats/message.ts';
import type { AnswerTo } from '../../../infra/operator/commands.ts';
import { views } from '../../../infra/operator/views/index.ts';
import { columns, details, localTime, table } from '../../../infra/operator/views/text.ts';

const whole = { width: undefined };

describe('a table', () => {
  test('has aligned columns and no spaces at the end of a line', () => {
    const rows = [
      ['1', 'Anna'],
      ['1000', ''],
    ];
    expect(table(['id', 'name'], rows, whole)).toEqual(['ID    NAME', '1     Anna', '1000']);
  });

  test('is cut to the width of a terminal, and whole for a file', () => {
    const rows = [['a'.repeat(10), 'b'.repeat(10)]];
    expect(table(['x', 'y'], rows, { width: 15 })).toEqual(['X           Y', `${'a'.repeat(10)}  bb…`]);
    expect(table(['x', 'y'], rows, whole)[1]).toHaveLength(22);
  });

  test('counts characters, not UTF-16 units', () => {
    const rows = [
      ['🙂🙂', 'b'],
      ['xx', 'c'],
    ];
    expect(columns(rows)).toEqual(['🙂🙂  b', 'xx  c']);
  });

  test('escapes what controls a terminal, and shows line breaks in one line', () => {
    expect(columns([['\u001b[2Ja\u202e', 'one\r\n\n two']])).toEqual(['\\u001b[2Ja\\u202e  one ↵ two']);
    expect(columns([['\u2068Anna\u2069 left']])).toEqual(['Anna left']);
  });
});

test('details leave out what there is not', () => {
  expect(details({ id: '1', email: undefined, created: 'now' })).toEqual(['id       1', 'created  now']);
});

test('times are local and to the minute', () => {
  expect(localTime(new Date(2026, 0, 5, 9, 7, 59).toISOString())).toBe('2026-01-05 09:07');
});

const at = '2026-11-29T10:00:00.000Z';
const message = (seq: number, content: string): Message => ({
  id: `c-${seq}`,
  chatId: 'c',
  userId: 'boris',
  userName: 'Boris',
  content,
  type: 'text',
  createdAt: at,
  seq,
});

test('a report shows who reported it and why, and marks the message among those around it', () => {
  const single = { reporterId: 'anna', reporterName: 'Anna', reportedAt: at, fileIds: [] };
  const answer: AnswerTo<'report'> = {
    chatId: 'c',
    authorId: 'boris',
    authorName: 'Boris',
    open: true,
    reports: [
      { ...single, reason: 'Spam', content: 'Buy twice' },
      { ...single, reporterName: 'Vera', reason: 'Rude', content: 'Buy', fileIds: ['f'] },
    ],
    message: message(2, 'Buy twice'),
    around: [message(1, 'Hello'), message(2, 'Buy twice'), message(3, 'Stop')],
  };
  const shown = views.report(answer, whole, { messageId: 'c-2' });
  expect(shown.filter((line) => line.startsWith('> '))).toEqual([expect.stringMatching(/Boris +Buy twice$/)]);
  expect(shown).toContainEqual(expect.stringMatching(/^was then +Buy \[1 file\]$/));
  expect(shown).toContainEqual(expect.stringMatching(/ Anna .* Spam$/));
  expect(shown).toContainEqual(expect.stringMatching(/ Vera .* Rude$/));
});

const listed = { messageId: 'c-2', chatId: 'c', authorId: 'boris', lastReason: 'Spam', open: false, reporters: 1 };

test('a message whose reports are on two pages of a month has one row', () => {
  const [early, late] = ['2026-11-01T12:00:00Z', '2026-11-03T12:00:00Z'];
  const reports = [
    { ...listed, firstReportedAt: late, lastReportedAt: late, reporters: 2 },
    { ...listed, firstReportedAt: early, lastReportedAt: early, lastReason: 'Rude', open: true },
  ];
  const [, ...rows] = views.reports({ reports }, whole, {});
  expect(rows).toEqual([expect.stringMatching(/^c-2 +2026-11-0[12] .* 3 +open +Spam$/)]);
});

test('the list says how many open reports there are beyond it', () => {
  const reports = [{ ...listed, firstReportedAt: at, lastReportedAt: at }];
  expect(views.reports({ reports, total: 2000 }, whole, {}).at(-1)).toContain('2000');
  expect(views.reports({ reports, total: 1 }, whole, {})).toHaveLength(2);
});
