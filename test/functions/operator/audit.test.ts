import { expect, test, vi } from 'vitest';
import { listActions } from '#shared/data/operator/audit.ts';
import { handler } from '../../../functions/operator.ts';
import { interceptNext } from '../../support/intercept-next.ts';
import { context } from '../../support/invoke.ts';
import { operate, operatorArn, operatorEvent } from '../../support/operator.ts';
import { newPerson } from '../../support/people.ts';

const reason = 'Ticket 12';
const month = new Date().toISOString().slice(0, 7);

async function actionsAbout(text: string) {
  const { body } = await operate('audit');
  return body.actions.filter(({ about }: { about: string }) => about.includes(text));
}

test('the audit has every command with who, when, about whom, why and how it ended, the newest first', async () => {
  const anna = await newPerson();
  await operate('user', { who: anna.email });
  await operate('suspend', { who: anna.id, reason });
  const chatId = `none-${anna.id}`;
  await operate('lock-chat', { chatId, reason });
  const by = operatorArn;
  expect(await actionsAbout(anna.id)).toMatchObject([
    { by, command: 'lock-chat', reason, outcome: 'chat_not_found' },
    { by, command: 'suspend', about: `{"userId":"${anna.id}"}`, reason, outcome: 'done' },
    { by, command: 'user', about: `{"userId":"${anna.id}"}`, outcome: 'done' },
  ]);
  expect(await actionsAbout(anna.email)).toEqual([]);
  await operate('user', { who: 'nobody@example.com' });
  const { body } = await operate('audit');
  expect(body.actions[1]).toMatchObject({ by, command: 'user', about: '{}', outcome: 'user_not_found' });
});

test('a command that breaks off stays in the audit as begun', async () => {
  const anna = await newPerson();
  const who = anna.id;
  // Between the record and the end: the function is ended here, as when it runs out of time.
  interceptNext('UpdateItem', () => new Promise(() => {}));
  void operate('unsuspend', { who, reason });
  // Not by the command, whose own record would meet the fault.
  const outcomes = async () => (await listActions(month)).items.filter(({ about }) => about.includes(who));
  await vi.waitFor(async () => expect(await outcomes()).toMatchObject([{ outcome: 'begun' }]));
});

test('nothing is done without a caller whom API Gateway has checked, nor under a name that is no command', async () => {
  const anna = await newPerson();
  const { statusCode } = await handler(operatorEvent('suspend', { who: anna.id, reason }, ''), context);
  expect(statusCode).toBe(500);
  expect((await operate('user', { who: anna.id })).body.sessions).toHaveLength(1);
  expect(await operate('drop-tables')).toMatchObject({ status: 404, body: { code: 'route_not_found' } });
});

test.each([
  ['suspend', {}, 'who'],
  ['suspend', { who: 'x' }, 'reason'],
  ['close', { messageId: 'x', reason: '  ' }, 'reason'],
  ['reports', { month: '2026-13' }, 'month'],
  ['announce', { chatId: 'x', text: '', reason }, 'text'],
])('%s with %o is refused because of %s', async (command, input, path) => {
  const { status, body } = await operate(command, input);
  expect(status).toBe(400);
  expect(body.errors).toContainEqual(expect.objectContaining({ path }));
});
