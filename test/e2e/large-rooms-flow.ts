import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { askAssistant } from '#shared/contract/ai/ask-assistant.ts';
import { leaveChat } from '#shared/contract/chats/leave-chat.ts';
import { sendMessage } from '#shared/contract/chats/send-message.ts';
import { createMeeting } from '#shared/contract/google/create-meeting.ts';
import { linkGoogle } from '#shared/contract/google/link-google.ts';
import * as groups from '#shared/contract/groups/index.ts';
import { deleteMe } from '#shared/contract/users/delete-me.ts';
import { syncedFrame } from '#shared/contract/websocket/index.ts';
import { spread } from '#shared/data/connections/shards.ts';
import { ChatSocket } from '../support/api-client.ts';
import { fillRoom } from '../support/rooms.ts';
import { uploaded } from './files-flow.ts';
import { password, type World } from './world.ts';

/** What senders leave to the `deliver` function, and what a client asks for that was away. */
export function largeRoomsFlow(world: () => World): void {
  test('everything that happens in a large room reaches every connection', async () => {
    const w = world();
    const [anna, boris, vera] = [await w.register('Anna'), await w.register('Boris'), await w.register('Vera')];
    const { id: chatId, inviteCode } = await w.newGroup(anna, boris);
    const params = { groupId: chatId };
    await w.do(linkGoogle, anna, { body: { token: '4/a-server-auth-code' } });
    await spread(chatId, 2);
    // More than half a shard, all of them gone: the room is to be spread over more, and they are removed.
    await fillRoom(chatId, 501, { shard: 1 });
    const annas = await ChatSocket.open(w.runner.url, chatId, anna.token);
    const borises = await ChatSocket.open(w.runner.url, chatId, boris.token);
    let last = 0;
    /** The next frame that is not one of before: on a slow machine a post is given up that has arrived, and made again. */
    const nextOf = async (socket: ChatSocket) => {
      let frame = await socket.next();
      while (frame.seq <= last) frame = await socket.next();
      return frame;
    };
    const heard = async (content: unknown) => {
      const frames = await Promise.all([nextOf(annas), nextOf(borises)]);
      expect(frames.map((frame) => frame.content)).toEqual([content, content]);
      last = frames[0].seq;
    };
    annas.send({ type: 'message', content: 'Hello' });
    await heard('Hello');
    await w.do(sendMessage, boris, { params: { chatId }, body: { content: 'Hi' } });
    await heard('Hi');
    await w.do(groups.joinGroup, vera, { body: { inviteCode } });
    await heard('\u2068Vera\u2069 joined the group');
    await w.do(groups.renameGroup, anna, { params, body: { name: 'Lake' } });
    await heard('\u2068Anna\u2069 renamed the group to “\u2068Lake\u2069”');
    const fileId = await uploaded(w, anna, { purpose: 'picture' });
    await w.do(groups.setPicture, anna, { params, body: { fileId } });
    await heard('\u2068Anna\u2069 changed the group picture');
    await w.do(groups.deletePicture, anna, { params });
    await heard('\u2068Anna\u2069 changed the group picture');
    await w.do(groups.setRole, anna, { params: { groupId: chatId, userId: vera.id }, body: { role: 'admin' } });
    await heard('\u2068Anna\u2069 made \u2068Vera\u2069 an admin');
    await w.do(groups.removeMember, anna, { params: { groupId: chatId, userId: vera.id } });
    await heard('\u2068Anna\u2069 removed \u2068Vera\u2069');
    await w.do(groups.addMembers, anna, { params, body: { userIds: [vera.id] } });
    await heard('\u2068Anna\u2069 added \u2068Vera\u2069');
    await w.do(leaveChat, vera, { params: { chatId } });
    await heard('\u2068Vera\u2069 left');
    await w.do(groups.addMembers, anna, { params, body: { userIds: [vera.id] } });
    await heard('\u2068Anna\u2069 added \u2068Vera\u2069');
    const { message } = await w.do(askAssistant, anna, { body: { chatId, question: 'What do you say?' } });
    await heard(message.content);
    await w.do(createMeeting, anna, { body: { chatId } });
    await heard(expect.stringContaining('\u2068Anna\u2069 opened a meeting'));
    await w.do(deleteMe, vera, { body: { password } });
    await heard('\u2068Vera\u2069 left');
    annas.close();
    borises.close();
  });

  test('a client that was offline receives exactly the messages it missed', async () => {
    const w = world();
    const [anna, boris] = [await w.register('Anna'), await w.register('Boris')];
    const { id: chatId } = await w.newGroup(anna, boris);
    for (let n = 2; n <= 4; n++) await w.do(sendMessage, anna, { params: { chatId }, body: { content: `${n}` } });
    const socket = await ChatSocket.open(w.runner.url, chatId, boris.token);
    socket.send({ type: 'sync', after: 2 });
    expect([await socket.next(), await socket.next()]).toMatchObject([
      { seq: 3, content: '3', userName: 'Anna' },
      { seq: 4, content: '4' },
    ]);
    expect(z.parse(syncedFrame, await socket.next())).toEqual({ type: 'synced', seq: 4 });
    socket.close();
  });
}
