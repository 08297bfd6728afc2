import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import * as auth from '#shared/contract/auth/index.ts';
import { leaveChat } from '#shared/contract/chats/leave-chat.ts';
import { listChats } from '#shared/contract/chats/list-chats.ts';
import { openDirect } from '#shared/contract/chats/open-direct.ts';
import { linkGoogle } from '#shared/contract/google/link-google.ts';
import * as users from '#shared/contract/users/index.ts';
import { sessionPut } from '#shared/data/accounts/sessions.ts';
import { keys } from '#shared/data/keys.ts';
import { deleteItems, queryPrefix } from '#shared/data/table.ts';
import { writeTogether } from '#shared/data/write.ts';
import { ChatSocket, refusedStatus } from '../support/api-client.ts';
import { forgetLastMinute } from '../support/limits.ts';
import { newPhone } from '../support/people.ts';
import { password, type World } from './world.ts';

/** Accounts, sessions and people over the wire. */
export function peopleFlow(world: () => World): void {
  test('people log in by phone, on two devices, and log out of both', async () => {
    const w = world();
    const phone = newPhone();
    const asked = await w.do(auth.sendCode, undefined, { body: { phone } });
    expect(asked).toEqual({ expiresIn: 300, retryAfter: 60 });
    const body = { phone, code: await w.codeTo(phone), device: 'Pixel' };
    const anna = w.signedIn(await w.do(auth.login, undefined, { body }));
    const { sessions } = await w.do(auth.listSessions, anna);
    expect(sessions).toMatchObject([{ device: 'Pixel', current: true }]);
    const email = `${anna.id}@example.com`;
    const again = { email, password: 'battery staple' };
    // The bundles have the list of them packed.
    const common = await w.ask(auth.register, undefined, { body: { email, password: 'password1' } });
    expect(common.body.code).toBe('password_too_common');
    // The code of the login is used up, and a phone gets one a minute: the account is opened by another proof below.
    expect((await w.ask(users.linkEmail, anna, { body: again })).body.code).toBe('proof_missing');
    await w.do(auth.logout, anna, { body: { everywhere: true } });
    expect((await w.ask(users.getMe, anna)).body.code).toBe('session_ended');
    expect((await w.ask(auth.refresh, undefined, { body: { refreshToken: anna.refreshToken } })).status).toBe(401);
  });

  test('a phone and another email are linked to an account', async () => {
    const w = world();
    const anna = await w.register('Anna');
    const [phone, next] = [newPhone(), newPhone()];
    await w.do(auth.sendCode, undefined, { body: { phone } });
    const code = await w.codeTo(phone);
    expect((await w.do(users.linkPhone, anna, { body: { phone, code, password } })).user.phone).toBe(phone);
    await w.do(auth.sendCode, undefined, { body: { phone: next } });
    const nextCode = await w.codeTo(next);
    await w.do(users.linkPhone, anna, { body: { phone: next, code: nextCode, password } });
    const email = `new-${anna.email}`;
    await w.do(users.linkEmail, anna, { body: { email, password } });
    await w.do(users.updateMe, anna, { body: { name: 'Anna K.' } });
    const { user } = await w.do(users.getMe, anna);
    expect(user).toEqual({ id: anna.id, email, phone: next, name: 'Anna K.' });
    const boris = await w.register('Boris');
    const found = await w.do(users.findUsers, boris, { body: { emails: [email, anna.email], phones: [next, phone] } });
    expect(found.users.map(({ id }: { id: string }) => id)).toEqual([anna.id, anna.id]);
  });

  test('a changed password ends the other sessions, and their sockets', async () => {
    const w = world();
    const anna = await w.register('Anna');
    const other = w.signedIn(await w.do(auth.login, undefined, { body: { email: anna.email, password } }));
    const third = w.signedIn(await w.do(auth.login, undefined, { body: { email: anna.email, password } }));
    const group = await w.newGroup(anna);
    const socket = await ChatSocket.open(w.runner.url, group.id, other.token);
    const thirds = await ChatSocket.open(w.runner.url, group.id, third.token);
    const [closed, thirdClosed] = [socket.closed(), thirds.closed()];
    const { sessions } = await w.do(auth.listSessions, third);
    const { id: sessionId } = sessions.find(({ current }: { current: boolean }) => current);
    await w.do(auth.endSession, anna, { params: { sessionId } });
    expect(await thirdClosed).toBe(1000);
    const newPassword = 'battery staple';
    w.secrets.push(newPassword);
    await w.do(auth.changePassword, anna, { body: { currentPassword: password, newPassword } });
    expect(await closed).toBe(1000);
    expect((await w.ask(users.getMe, other)).body.code).toBe('session_ended');
    const phone = newPhone();
    await w.do(auth.sendCode, undefined, { body: { phone } });
    const linked = { phone, code: await w.codeTo(phone), password: newPassword };
    await w.do(users.linkPhone, anna, { body: linked });
    await forgetLastMinute(phone);
    await w.do(auth.sendCode, undefined, { body: { phone } });
    const code = await w.codeTo(phone);
    await w.do(auth.changePassword, anna, { body: { code, newPassword: 'staple battery' } });
    const last = await ChatSocket.open(w.runner.url, group.id, anna.token);
    const lastClosed = last.closed();
    await w.do(auth.logout, anna, { body: {} });
    expect(await lastClosed).toBe(1000);
  });

  test('using a replaced refresh token after the new one ends the session', async () => {
    const w = world();
    const anna = await w.register('Anna');
    const rotate = (refreshToken: string) => w.ask(auth.refresh, undefined, { body: { refreshToken, rotate: true } });
    // As if this were another network than the one of the registration.
    const table = process.env.CHAT_TABLE as string;
    await deleteItems(table, await queryPrefix(table, { ...keys.ofUser(anna.id), prefix: 'NETWORK#' }));
    const first = await w.do(auth.refresh, undefined, { body: { refreshToken: anna.refreshToken, rotate: true } });
    const second = (await rotate(first.refreshToken)).body;
    w.secrets.push(first.refreshToken, second.refreshToken);
    const group = await w.newGroup(anna);
    const socket = await ChatSocket.open(w.runner.url, group.id, anna.token);
    const closed = socket.closed();
    expect((await rotate(anna.refreshToken)).body.code).toBe('token_invalid');
    expect(await closed).toBe(1000);
    expect((await rotate(second.refreshToken)).status).toBe(401);
  });

  test('the 101st session ends the one that was not used for the longest time, and its socket', async () => {
    const w = world();
    const anna = await w.register('Anna');
    const group = await w.newGroup(anna);
    const socket = await ChatSocket.open(w.runner.url, group.id, anna.token);
    const closed = socket.closed();
    const later = new Date(Date.now() + 60_000).toISOString();
    const expiresAt = Math.floor(Date.now() / 1000) + 3600;
    const session = { userId: anna.id, device: 'x', createdAt: later, lastUsedAt: later, expiresAt };
    const others = Array.from({ length: 99 }, () => ({ ...session, id: randomUUID(), rotation: 0, generation: 0 }));
    await writeTogether(others.map(sessionPut));
    w.signedIn(await w.do(auth.login, undefined, { body: { email: anna.email, password } }));
    expect(await closed).toBe(1000);
    expect((await w.ask(users.getMe, anna)).body.code).toBe('session_ended');
  });

  test('a ticket opens one socket', async () => {
    const w = world();
    const anna = await w.register('Anna');
    const group = await w.newGroup(anna);
    const { ticket } = await w.do(auth.createTicket, anna);
    w.secrets.push(ticket);
    const socket = await ChatSocket.openWith(w.runner.url, group.id, `ticket=${ticket}`);
    socket.send({ type: 'ping' });
    expect(await socket.next()).toEqual({ type: 'pong' });
    socket.close();
    const again = `${w.runner.url.replace('http', 'ws')}/ws/chat/${group.id}?ticket=${ticket}`;
    expect(await refusedStatus(again)).toBe(401);
  });

  test('an inbox opens with a token or a ticket, through the edge or without it, and the thirty-first closes the oldest', async () => {
    const w = world();
    const anna = await w.register('Anna');
    const { ticket } = await w.do(auth.createTicket, anna);
    w.secrets.push(ticket);
    const first = await ChatSocket.openInbox(w.runner.url, `ticket=${ticket}`);
    first.send({ type: 'ping' });
    expect(await first.next()).toEqual({ type: 'pong' });
    const direct = `${w.runner.url.replace('http', 'ws')}/live?inbox=1&token=${anna.token}`;
    const others = [await ChatSocket.openAt(direct)];
    for (let n = 2; n < 30; n++) others.push(await ChatSocket.openInbox(w.runner.url, `token=${anna.token}`));
    const closed = first.closed();
    others.push(await ChatSocket.openInbox(w.runner.url, `token=${anna.token}`));
    expect(await closed).toBe(1000);
    expect(await refusedStatus(`${direct}&chatId=c`)).toBe(400);
    const allClosed = Promise.all(others.map((inbox) => inbox.closed()));
    await w.do(auth.logout, anna, { body: {} });
    expect(await allClosed).toEqual(others.map(() => 1000));
  });

  test('a block ends the direct chat for the blocked user until it is lifted', async () => {
    const w = world();
    const [anna, boris] = [await w.register('Anna'), await w.register('Boris')];
    const { chat } = await w.do(openDirect, anna, { body: { userId: boris.id } });
    const socket = await ChatSocket.open(w.runner.url, chat.id, boris.token);
    const closed = socket.closed();
    await w.do(users.blockUser, anna, { params: { userId: boris.id } });
    expect(await closed).toBe(1000);
    expect((await w.do(users.listBlocks, anna)).users).toMatchObject([{ id: boris.id, name: 'Boris' }]);
    expect((await w.ask(openDirect, boris, { body: { userId: anna.id } })).body.code).toBe('blocked');
    await w.do(users.unblockUser, anna, { params: { userId: boris.id } });
    await w.do(leaveChat, boris, { params: { chatId: chat.id } });
    expect((await w.do(listChats, boris)).chats).toEqual([]);
    // Blocks are written where there is no direct chat, too.
    const vera = await w.register('Vera');
    await w.do(users.blockUser, anna, { params: { userId: vera.id } });
    await w.do(users.unblockUser, anna, { params: { userId: vera.id } });
    expect((await w.do(openDirect, boris, { body: { userId: anna.id } })).chat.name).toBe('Anna');
  });

  test('people in a group find each other’s names by the ids', async () => {
    const w = world();
    const [anna, boris, vera] = [await w.register('Anna'), await w.register('Boris'), await w.register('Vera')];
    await w.newGroup(anna, boris);
    const { user } = await w.do(users.getUser, boris, { params: { userId: anna.id } });
    expect(user).toEqual({ id: anna.id, name: 'Anna' });
    expect((await w.ask(users.getUser, vera, { params: { userId: anna.id } })).body.code).toBe('user_not_found');
  });

  test('an account is exported and deleted', async () => {
    const w = world();
    const [anna, boris] = [await w.register('Anna'), await w.register('Boris')];
    const group = await w.newGroup(anna, boris);
    await w.newGroup(anna);
    const [annas, borises] = await Promise.all(
      [anna, boris].map(({ token }) => ChatSocket.open(w.runner.url, group.id, token)),
    );
    await w.do(linkGoogle, anna, { body: { token: 'ya29.a-token' } });
    const page = await w.do(users.exportMe, anna);
    expect(page.user).toMatchObject({ id: anna.id });
    expect(page).not.toHaveProperty('cursor');
    const closed = annas?.closed();
    await w.do(users.deleteMe, anna, { body: { password } });
    expect(await closed).toBe(1000);
    expect(await borises?.next()).toMatchObject({ metadata: { event: 'left', memberIds: [boris.id] } });
    expect((await w.ask(auth.login, undefined, { body: { email: anna.email, password } })).status).toBe(401);
    borises?.close();
  });

  test('an account that has only a phone is deleted with a one-time code', async () => {
    const w = world();
    const phone = newPhone();
    await w.do(auth.sendCode, undefined, { body: { phone } });
    const code = await w.codeTo(phone);
    const anna = w.signedIn(await w.do(auth.login, undefined, { body: { phone, code } }));
    expect((await w.ask(users.deleteMe, anna, { body: { code } })).body.code).toBe('wrong_code');
    await forgetLastMinute(phone);
    await w.do(auth.sendCode, undefined, { body: { phone } });
    await w.do(users.deleteMe, anna, { body: { code: await w.codeTo(phone) } });
  });
}
