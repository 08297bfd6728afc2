import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { reportMessage } from '#shared/contract/chats/report-message.ts';
import {
  closeReports,
  getOpenReport,
  listOpenReports,
  listReportsIn,
  listReportsOf,
  type OpenReport,
} from '#shared/data/operator/reports.ts';
import { countOverdueReports } from '#shared/operator/overdue.ts';
import { handler as countReports } from '../../../functions/count-reports.ts';
import type { Json } from '../../support/api-client.ts';
import { call } from '../../support/call.ts';
import { sent } from '../../support/changes.ts';
import { context } from '../../support/invoke.ts';
import { linesOf } from '../../support/log-lines.ts';
import { operate } from '../../support/operator.ts';
import { newGroup, newPerson, type Person } from '../../support/people.ts';
import { stored } from '../../support/stored.ts';

const report = (person: Person, { chatId, id }: Json, reason = 'Spam') =>
  call(reportMessage, person, { body: { chatId, messageId: id, reason } });

async function threePeople() {
  const [anna, boris, vera] = await Promise.all(['Anna', 'Boris', 'Vera'].map((name) => newPerson(name)));
  const people = { anna, boris, vera } as { anna: Person; boris: Person; vera: Person };
  const { id: chatId } = await newGroup(people.anna, people.boris, people.vera);
  return { ...people, chatId };
}

const month = new Date().toISOString().slice(0, 7);
const listed = async (id: string, input: object = {}): Promise<Json> =>
  (await operate('reports', input)).body.reports.find(({ messageId }: Json) => messageId === id);

describe('the reports', () => {
  test('are listed by message, with how many people reported it and the last reason', async () => {
    const { anna, boris, vera, chatId } = await threePeople();
    const message = await sent(anna, chatId, 'buy now');
    await report(boris, message, 'Spam');
    await report(vera, message, 'It is a fraud');
    await report(vera, message, 'It is a fraud!');
    const expected = { messageId: message.id, chatId, authorId: anna.id, reporters: 2, lastReason: 'It is a fraud!' };
    expect(await listed(message.id)).toMatchObject({ ...expected, open: true });
    expect(await listed(message.id, { month })).toMatchObject({ ...expected, open: true });
    expect(await listed(message.id, { month: '2020-01' })).toBeUndefined();
  });

  test('are forgotten after 180 days, even if DynamoDB deletes them later', async () => {
    const { anna, boris, chatId } = await threePeople();
    const message = await sent(anna, chatId, 'buy now');
    await report(boris, message);
    vi.useFakeTimers({ now: Date.now() + 181 * 24 * 60 * 60_000, toFake: ['Date'] });
    onTestFinished(() => void vi.useRealTimers());
    expect((await listReportsIn(month)).items.filter(({ messageId }) => messageId === message.id)).toEqual([]);
    expect(await listReportsOf(message.id)).toEqual([]);
    expect((await listOpenReports()).filter(({ messageId }) => messageId === message.id)).toEqual([]);
    expect(await getOpenReport(message.id)).toBeUndefined();
  });

  test('show who reported what, and five messages before and after it', async () => {
    const { anna, boris, vera, chatId } = await threePeople();
    for (let n = 2; n < 9; n++) await stored(anna, chatId);
    const message = await sent(anna, chatId, 'text');
    for (let n = 10; n < 20; n++) await stored(anna, chatId);
    await report(boris, message, 'Spam');
    await report(vera, message, 'Fraud');
    const { body } = await operate('report', { messageId: message.id });
    expect(body).toMatchObject({
      chatId,
      authorId: anna.id,
      authorName: 'Anna',
      open: true,
      message: { id: message.id },
    });
    expect(body.reports.map(({ reporterName, reason, content }: Json) => [reporterName, reason, content])).toEqual([
      ['Vera', 'Fraud', 'text'],
      ['Boris', 'Spam', 'text'],
    ]);
    expect(body.around.map(({ seq }: Json) => seq)).toEqual([4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]);
  });

  test('of a message that nobody reported do not exist', async () => {
    const { anna, chatId } = await threePeople();
    const { id: messageId } = await sent(anna, chatId, 'fine');
    const missing = { status: 404, body: { code: 'report_not_found' } };
    expect(await operate('report', { messageId })).toMatchObject(missing);
    expect(await operate('close', { messageId, reason: 'Checked' })).toMatchObject(missing);
  });

  test('are closed together, and open again with the next report', async () => {
    const { anna, boris, vera, chatId } = await threePeople();
    const message = await sent(anna, chatId, 'buy now');
    const messageId = message.id;
    await report(boris, message);
    await report(vera, message);
    expect(await operate('close', { messageId, reason: 'Harmless' })).toMatchObject({
      status: 200,
      body: { closed: 2 },
    });
    expect(await listed(messageId)).toBeUndefined();
    expect(await listed(messageId, { month })).toMatchObject({ open: false });
    expect((await operate('report', { messageId })).body.reports[0].closedAt).toBeDefined();
    expect((await operate('close', { messageId, reason: 'Again' })).body).toEqual({ closed: 0 });
    await report(vera, message);
    expect(await listed(messageId)).toMatchObject({ reporters: 1, open: true });
  });

  test('stay open if another one comes while they are being closed', async () => {
    const { anna, boris, vera, chatId } = await threePeople();
    const message = await sent(anna, chatId, 'buy now');
    await report(boris, message);
    const [open, reports] = await Promise.all([getOpenReport(message.id), listReportsOf(message.id)]);
    await report(vera, message);
    expect(await closeReports(message.id, open as OpenReport, reports)).toBe('reported again');
    expect(await listed(message.id)).toMatchObject({ open: true });
  });

  test('raise the alarm when a message has waited for more than a day', async () => {
    const { anna, boris, chatId } = await threePeople();
    await report(boris, await sent(anna, chatId, 'buy now'));
    const hours = (count: number) => Date.now() + count * 60 * 60_000;
    const { open, overdue } = await countOverdueReports(hours(23));
    expect(open).toBeGreaterThan(overdue);
    expect((await countOverdueReports(hours(25))).overdue).toBe(open);
    const lines = await linesOf(() => countReports({}, context));
    expect(lines.at(-1)).toMatchObject({
      message: 'count-reports',
      open: expect.any(Number),
      overdue: expect.any(Number),
    });
  });
});
