import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { leaveChat } from '#shared/contract/chats/leave-chat.ts';
import { listReads } from '#shared/contract/chats/list-reads.ts';
import { markRead } from '#shared/contract/chats/mark-read.ts';
import { reportMessage } from '#shared/contract/chats/report-message.ts';
import { sendMessage } from '#shared/contract/chats/send-message.ts';
import * as groups from '#shared/contract/groups/index.ts';
import { readFrame } from '#shared/contract/websocket/index.ts';
import { ChatSocket } from '../support/api-client.ts';
import type { World } from './world.ts';

/** Groups, roles and what is read, over the wire. */
export function groupsFlow(world: () => World): void {
  test('members are added, given roles and removed, and every connection is told', async () => {
    const w = world();
    const [anna, boris, vera] = [await w.register('Anna'), await w.register('Boris'), await w.register('Vera')];
    const { id: groupId } = await w.newGroup(anna, boris);
    const params = { groupId };
    const watching = await ChatSocket.open(w.runner.url, groupId, boris.token);
    await w.staleConnection(groupId);
    await w.do(groups.addMembers, anna, { params, body: { userIds: [vera.id] } });
    await w.staleConnection(groupId);
    await w.do(groups.setRole, anna, { params: { groupId, userId: boris.id }, body: { role: 'admin' } });
    await w.staleConnection(groupId);
    await w.do(groups.renameGroup, boris, { params, body: { name: 'Lake' } });
    const heard = [await watching.next(), await watching.next(), await watching.next()];
    expect(heard.map(({ content }) => content)).toEqual([
      '\u2068Anna\u2069 added \u2068Vera\u2069',
      '\u2068Anna\u2069 made \u2068Boris\u2069 an admin',
      '\u2068Boris\u2069 renamed the group to “\u2068Lake\u2069”',
    ]);
    const veras = await ChatSocket.open(w.runner.url, groupId, vera.token);
    const closed = veras.closed();
    await w.do(groups.removeMember, boris, { params: { groupId, userId: vera.id } });
    expect(await closed).toBe(1000);
    await w.do(groups.addMembers, anna, { params, body: { userIds: [vera.id] } });
    const again = await ChatSocket.open(w.runner.url, groupId, vera.token);
    const closedAgain = again.closed();
    await w.staleConnection(groupId);
    await w.do(leaveChat, vera, { params: { chatId: groupId } });
    expect(await closedAgain).toBe(1000);
    await w.do(groups.removeMember, anna, { params: { groupId, userId: anna.id } });
    const { group } = await w.do(groups.getGroup, boris, { params });
    expect(group).toMatchObject({ name: 'Lake', members: [{ userId: boris.id, role: 'owner', name: 'Boris' }] });
    watching.close();
    await w.do(groups.removeMember, boris, { params: { groupId, userId: boris.id } });
    expect((await w.ask(groups.getGroup, boris, { params })).status).toBe(403);
  });

  test('an invite code is renewed, used up and revoked', async () => {
    const w = world();
    const [anna, boris] = [await w.register('Anna'), await w.register('Boris')];
    const { id: groupId } = await w.newGroup(anna);
    const { inviteCode } = await w.do(groups.renewInvite, anna, {
      params: { groupId },
      body: { maxUses: 1, expiresIn: 3600 },
    });
    await w.do(groups.joinGroup, boris, { body: { inviteCode } });
    await w.do(groups.revokeInvite, anna, { params: { groupId } });
    const vera = await w.register('Vera');
    expect((await w.ask(groups.joinGroup, vera, { body: { inviteCode } })).body.code).toBe('invite_not_found');
  });

  test('read marks go to connections that asked for live frames', async () => {
    const w = world();
    const [anna, boris] = [await w.register('Anna'), await w.register('Boris')];
    const { id: chatId } = await w.newGroup(anna, boris);
    const socket = await ChatSocket.openWith(w.runner.url, chatId, `token=${anna.token}&events=1`);
    const { message } = await w.do(sendMessage, anna, { params: { chatId }, body: { content: 'Read me' } });
    expect(await socket.next()).toEqual(message);
    await w.staleConnection(chatId, anna.id);
    await w.do(markRead, boris, { params: { chatId }, body: { seq: message.seq } });
    expect(z.parse(readFrame, await socket.next())).toEqual({
      type: 'read',
      chatId,
      userId: boris.id,
      seq: message.seq,
    });
    const { reads } = await w.do(listReads, anna, { params: { chatId } });
    expect(reads).toContainEqual({ userId: boris.id, seq: message.seq });
    const body = { chatId, messageId: message.id, reason: 'Just to see' };
    await w.do(reportMessage, boris, { body });
    socket.close();
  });
}
