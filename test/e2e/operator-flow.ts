import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { login } from '#shared/contract/auth/login.ts';
import { listMessages } from '#shared/contract/chats/list-messages.ts';
import { reportMessage } from '#shared/contract/chats/report-message.ts';
import { sendMessage } from '#shared/contract/chats/send-message.ts';
import { linkGoogle } from '#shared/contract/google/link-google.ts';
import { spread } from '#shared/data/connections/shards.ts';
import { operate } from '../../infra/operator/operate.ts';
import { ChatSocket, type Json } from '../support/api-client.ts';
import { terminalWith } from '../support/terminal.ts';
import { uploaded } from './files-flow.ts';
import { password, type World } from './world.ts';

const userArn = 'arn:aws:iam::000000000000:user/laptop';

/** A reported message and its author, dealt with by `npm run operator`. */
export function operatorFlow(world: () => World): void {
  /** Runs a command, which must succeed, and returns its answer. */
  const operator = async (...args: string[]): Promise<Json> => {
    const { terminal, written } = terminalWith();
    const exitCode = await operate([...args, '--json', '--url', world().runner.url], terminal);
    expect({ exitCode, args, err: written.err }).toMatchObject({ exitCode: 0 });
    return written.out && JSON.parse(written.out);
  };
  const because = ['--reason', 'the test'];

  test('the operator removes a reported message, suspends its author and erases the account', async () => {
    const w = world();
    const [anna, boris] = [await w.register('Anna'), await w.register('Boris')];
    const { id: chatId } = await w.newGroup(anna, boris);
    const params = { chatId };
    const writeAs = async (somebody: { token: string }, body: object) =>
      (await w.do(sendMessage, somebody, { params, body })).message;
    await w.do(linkGoogle, boris, { body: { token: 'ya29.a-token' } });
    const message = await writeAs(boris, { content: 'Buy this', fileIds: [await uploaded(w, boris)] });
    const other = await writeAs(boris, { content: 'And that' });
    const socket = await ChatSocket.open(w.runner.url, chatId, boris.token);
    await w.staleConnection(chatId, boris.id);
    await w.do(reportMessage, anna, { body: { chatId, messageId: message.id, reason: 'Spam' } });
    expect(await w.runner.runScheduled('count-reports')).toEqual({
      open: expect.any(Number),
      overdue: expect.any(Number),
    });

    const { reports } = await operator('reports');
    const found = { messageId: message.id, authorId: boris.id, reporters: 1, lastReason: 'Spam' };
    // Other tests have reported messages too.
    expect(reports).toContainEqual(expect.objectContaining(found));
    const report = await operator('report', message.id);
    expect(report).toMatchObject({ authorName: 'Boris', reports: [{ reporterId: anna.id, content: 'Buy this' }] });
    expect(report.around.map(({ id }: Json) => id)).toEqual(expect.arrayContaining([message.id, other.id]));
    const removed = await operator('remove-message', message.id, ...because, '--yes');
    expect(removed.message).toMatchObject({ id: message.id, deletedBy: 'operator' });
    expect(await operator('close', message.id, ...because)).toEqual({ closed: 1 });

    const closed = socket.closed();
    expect((await operator('suspend', boris.email, ...because)).user).toHaveProperty('suspendedAt');
    await closed;
    const credentials = { body: { email: boris.email, password } };
    expect(await w.ask(login, undefined, credentials)).toMatchObject({ status: 403, body: { code: 'suspended' } });
    expect((await operator('unsuspend', boris.id, ...because)).user).not.toHaveProperty('suspendedAt');
    w.signedIn(await w.do(login, undefined, credentials));

    expect(await operator('lock-chat', chatId, ...because)).toHaveProperty('lockedAt');
    const refused = await w.ask(sendMessage, anna, { params, body: { content: 'Why?' } });
    expect(refused).toMatchObject({ status: 403, body: { code: 'chat_locked' } });
    expect(await operator('unlock-chat', chatId, ...because)).not.toHaveProperty('lockedAt');
    await spread(chatId, 2);
    const announced = await operator('announce', chatId, 'Be kind.', ...because);
    expect(announced.message).toMatchObject({ type: 'system', userId: 'operator' });

    expect(await operator('user', boris.email)).toMatchObject({ user: { id: boris.id, name: 'Boris' }, chats: 1 });
    const folder = mkdtempSync(join(tmpdir(), 'chat-operator-'));
    const file = join(folder, 'boris.json');
    await operator('export', boris.id, ...because, '--out', file);
    const exported = JSON.parse(readFileSync(file, 'utf8'));
    rmSync(folder, { recursive: true });
    expect(exported).toMatchObject({ user: { id: boris.id }, messages: [{ content: '' }, { content: 'And that' }] });
    expect(await operator('erase', boris.email, '--messages', ...because, '--yes')).toEqual({ erased: true });
    expect((await w.ask(login, undefined, credentials)).body.code).toBe('wrong_credentials');
    const { messages } = await w.do(listMessages, anna, { params, query: 'limit=100' });
    expect(messages.find(({ id }: Json) => id === other.id)).toMatchObject({ deletedBy: 'operator' });

    const { actions } = await operator('audit');
    const own = actions.filter(({ by }: Json) => by === userArn);
    const about = (command: string) => own.find((action: Json) => action.command === command);
    const done = ['remove-message', 'close', 'suspend', 'unsuspend', 'lock-chat', 'unlock-chat', 'announce', 'export'];
    for (const command of [...done, 'erase'])
      expect(about(command), command).toMatchObject({ outcome: 'done', reason: 'the test' });
    for (const command of ['reports', 'report', 'user'])
      expect(about(command), command).toMatchObject({ outcome: 'done' });
    expect(about('erase').about).toContain(boris.id);
  });
}
