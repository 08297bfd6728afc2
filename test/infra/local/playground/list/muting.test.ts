import { describe, expect, test } from 'vitest';
import {
  isOffered,
  levelAt,
  mutings,
  notificationsFor,
} from '../../../../../infra/local/playground/state/list/muting.ts';
import type { Notifications } from '../../../../../shared/contract/chats/own-settings.ts';

const now = new Date('2026-03-05T09:00:00.000Z');
const [earlier, later] = ['2026-03-05T08:59:59.999Z', '2026-03-05T09:00:00.001Z'];

test.each<[Notifications | undefined, string]>([
  [undefined, 'all'],
  [{ level: 'mentions' }, 'mentions'],
  [{ level: 'none' }, 'none'],
  [{ level: 'all', mutedUntil: later }, 'none'],
  [{ level: 'mentions', mutedUntil: earlier }, 'mentions'],
  [{ level: 'none', mutedUntil: earlier }, 'none'],
])('with %o the level is %s', (notifications, level) => {
  expect(levelAt({ notifications }, now.getTime())).toBe(level);
});

test.each<[Notifications | undefined, string[]]>([
  [undefined, ['hour', 'tomorrow', 'forever', 'mentions']],
  [{ level: 'mentions' }, ['off', 'hour', 'tomorrow', 'forever']],
  [{ level: 'none' }, ['off', 'hour', 'tomorrow', 'mentions']],
  [{ level: 'all', mutedUntil: later }, ['off', 'hour', 'tomorrow', 'forever', 'mentions']],
  [{ level: 'all', mutedUntil: earlier }, ['hour', 'tomorrow', 'forever', 'mentions']],
])('with %o the menu offers %j', (notifications, offered) => {
  expect(mutings.filter((muting) => isOffered(muting, { notifications }, now.getTime()))).toEqual(offered);
});

describe('the settings of a choice', () => {
  test('an hour and until tomorrow at eight end by themselves', () => {
    const hour = notificationsFor('hour', {}, now);
    expect(hour).toEqual({ level: 'all', mutedUntil: '2026-03-05T10:00:00.000Z' });
    const { mutedUntil = '' } = notificationsFor('tomorrow', {}, new Date(2026, 11, 31, 23, 50));
    expect(new Date(mutedUntil)).toEqual(new Date(2027, 0, 1, 8));
  });

  test('after a while a chat notifies of mentions if it did before, and of everything if it never notified', () => {
    expect(notificationsFor('hour', { notifications: { level: 'mentions' } }, now).level).toBe('mentions');
    expect(notificationsFor('hour', { notifications: { level: 'none' } }, now).level).toBe('all');
  });

  test('the others have no end, also if there was one', () => {
    const muted = { notifications: { level: 'all', mutedUntil: later } } as const;
    expect(notificationsFor('off', muted, now)).toEqual({ level: 'all' });
    expect(notificationsFor('forever', muted, now)).toEqual({ level: 'none' });
    expect(notificationsFor('mentions', muted, now)).toEqual({ level: 'mentions' });
  });
});
