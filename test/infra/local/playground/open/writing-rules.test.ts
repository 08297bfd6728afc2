import { expect, test } from 'vitest';
import { writingRules } from '../../../../../infra/local/playground/state/open/writing-rules.ts';
import { durationIn } from '../../../../../infra/local/playground/texts/duration.ts';

const changed = (seq: number, rules: { posting?: 'everyone' | 'admins'; slowModeSeconds?: number }) => ({
  seq,
  metadata: { event: 'posting_changed', ...rules } as const,
});

test('without settings everyone writes at any time', () => {
  expect(writingRules({ lastSeq: 5 }, [])).toEqual({ posting: 'everyone', slowModeSeconds: 0, locked: false });
});

test('messages that the list does not know yet change its rules, in their order', () => {
  const chat = { lastSeq: 5, posting: 'admins', slowModeSeconds: 30 } as const;
  expect(writingRules(chat, [changed(5, { posting: 'everyone' })])).toMatchObject({ posting: 'admins' });
  const messages = [changed(6, { slowModeSeconds: 10 }), { seq: 7 }, changed(8, { posting: 'everyone' })];
  expect(writingRules(chat, messages)).toMatchObject({ posting: 'everyone', slowModeSeconds: 10 });
  expect(writingRules(chat, [...messages, changed(9, { posting: 'admins', slowModeSeconds: 0 })])).toMatchObject({
    posting: 'admins',
    slowModeSeconds: 0,
  });
});

test('a chat that the operator has locked is locked until it is unlocked', () => {
  const report = (seq: number, event: 'locked' | 'unlocked') => ({ seq, metadata: { event } as const });
  expect(writingRules({ lastSeq: 5, locked: true }, [report(5, 'unlocked')]).locked).toBe(true);
  expect(writingRules({ lastSeq: 5, locked: true }, [report(6, 'unlocked')]).locked).toBe(false);
  expect(writingRules({ lastSeq: 5 }, [report(6, 'locked')]).locked).toBe(true);
});

test('durations are in the largest unit without a fraction', () => {
  const words = [1, 30, 60, 90, 300, 3600].map(durationIn('en'));
  expect(words).toEqual(['1 second', '30 seconds', '1 minute', '90 seconds', '5 minutes', '1 hour']);
  expect([10, 60, 3600].map(durationIn('ru'))).toEqual(['10 секунд', '1 минута', '1 час']);
});
