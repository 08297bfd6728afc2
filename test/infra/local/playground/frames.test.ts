import { expect, test } from 'vitest';
import { readFrame } from '../../../../infra/local/playground/client/realtime/frames.ts';

const read = (frame: object) => readFrame(JSON.stringify(frame));

test('reads why a frame was refused: the invalid fields by rule, and how long to wait', () => {
  const errors = [{ path: 'content', message: 'must have 1 to 4000 characters', rule: 'too_long', limit: 4000 }];
  const message = 'Some fields are missing or invalid.';
  const error = { type: 'error', message, chatId: 'lake', clientId: 'a' };
  expect(read({ ...error, code: 'invalid_input', errors })).toEqual({
    type: 'error',
    chatId: 'lake',
    clientId: 'a',
    refusal: { code: 'invalid_input', message, errors, retryAfter: undefined },
  });
  expect(read({ ...error, code: 'too_many_requests', retryAfter: 2 })).toEqual({
    type: 'error',
    chatId: 'lake',
    clientId: 'a',
    refusal: { code: 'too_many_requests', message, errors: undefined, retryAfter: 2 },
  });
});

test.each([
  ['a list of other things', [null, 7, 'content', {}, { path: 'content' }], []],
  ['not a list', 'content', undefined],
])('an error frame whose errors are %s says the code alone', (_what, errors, expected) => {
  const frame = { type: 'error', code: 'invalid_input', errors, retryAfter: 'soon' };
  expect(read(frame)).toMatchObject({ refusal: { code: 'invalid_input', errors: expected, retryAfter: undefined } });
});

test('reads what an inbox says about its chats', () => {
  const frames = [
    { type: 'typing', chatId: 'lake', userId: 'anna' },
    { type: 'read', chatId: 'lake', userId: 'anna', seq: 3 },
    { type: 'chat', chatId: 'lake' },
    { type: 'chat.removed', chatId: 'lake' },
  ];
  expect(frames.map(read)).toEqual(frames);
  expect(frames.map(({ chatId: _, ...frame }) => read(frame))).toEqual(frames.map(() => undefined));
});
