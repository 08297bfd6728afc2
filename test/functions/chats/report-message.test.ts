import { describe, expect, test } from 'vitest';
import { reportMessage } from '#shared/contract/chats/report-message.ts';
import { sendMessage } from '#shared/contract/chats/send-message.ts';
import { queryItems } from '#shared/data/table.ts';
import { call } from '../../support/call.ts';
import { remove, sent } from '../../support/changes.ts';
import { uploaded } from '../../support/files.ts';
import { linesOf } from '../../support/log-lines.ts';
import { newDirect, newGroup, newPerson, type Person } from '../../support/people.ts';

const send = (person: Person, chatId: string, content = 'hi', more: object = {}) =>
  call(sendMessage, person, { params: { chatId }, body: { content, ...more } });

const pair = () => Promise.all([newPerson('Anna'), newPerson('Boris')]);

describe('reporting a message', () => {
  const report = (person: Person, chatId: string, messageId: string) =>
    call(reportMessage, person, { body: { chatId, messageId, reason: 'Spam' } });

  test('stores a report with the message’s content and files for the operator, and counts it', async () => {
    const [anna, boris] = await pair();
    const chatId = await newDirect(anna, boris);
    const fileId = await uploaded(anna);
    const { body } = await send(anna, chatId, 'buy now', { fileIds: [fileId] });
    const lines = await linesOf(async () => expect((await report(boris, chatId, body.message.id)).status).toBe(200));
    expect(lines).toMatchObject([{ ReportedMessages: 1 }]);
    const reports = await queryItems<{ expiresAt: number }>({
      TableName: process.env.CHAT_TABLE,
      KeyConditionExpression: 'pk = :month AND begins_with(sk, :message)',
      ExpressionAttributeValues: {
        ':month': `REPORTS#${new Date().toISOString().slice(0, 7)}`,
        ':message': body.message.id,
      },
    });
    expect(reports).toMatchObject([
      {
        ...{ reporterId: boris.id, authorId: anna.id, reason: 'Spam', messageId: body.message.id },
        ...{ content: 'buy now', fileIds: [fileId] },
      },
    ]);
    const inDays = ((reports[0]?.expiresAt ?? 0) - Date.now() / 1000) / (24 * 60 * 60);
    expect(inDays).toBeCloseTo(180, 1);
  });

  test('rejects a message that was deleted', async () => {
    const [anna, boris] = await pair();
    const chatId = await newDirect(anna, boris);
    const message = await sent(anna, chatId, 'buy now');
    await remove(anna, message);
    expect(await report(boris, chatId, message.id)).toMatchObject({ status: 409, body: { code: 'message_deleted' } });
  });

  test('rejects a message that is not in the chat', async () => {
    const [anna, boris] = await pair();
    const [chatId, other] = [await newDirect(anna, boris), (await newGroup(boris)).id];
    const missing = { status: 404, body: { code: 'message_not_found' } };
    for (const id of [`${chatId}-7`, `${chatId}-0`, `${chatId}-x`, `${other}-1`, 'nonsense']) {
      expect(await report(anna, chatId, id)).toMatchObject(missing);
    }
  });
});
