import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createTicket } from '#shared/contract/auth/create-ticket.ts';
import { logout } from '#shared/contract/auth/logout.ts';
import { blockUser } from '#shared/contract/users/block-user.ts';
import { handler as connectHandler } from '../../../functions/websocket/connect.ts';
import { call } from '../../support/call.ts';
import { invokeSocket } from '../../support/invoke.ts';
import { linesOf } from '../../support/log-lines.ts';
import { connectionsIn, newDirect, newGroup, newPerson, type Person } from '../../support/people.ts';
import { laterBy } from './logins.ts';

afterEach(() => void vi.useRealTimers());

describe('a ticket', () => {
  const open = (chatId: string, ticket: string) =>
    invokeSocket(connectHandler, '$connect', `${randomUUID()}=`, { query: { chatId, ticket } });
  const refusalOf = async (chatId: string, ticket: string) => (await linesOf(() => open(chatId, ticket)))[0];

  test('opens one socket', async () => {
    const anna = await newPerson();
    const { id: chatId } = await newGroup(anna);
    const { body } = await call(createTicket, anna);
    expect(body).toEqual({ ticket: expect.any(String), expiresIn: 60 });
    const answers = await Promise.all([open(chatId, body.ticket), open(chatId, body.ticket)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
    expect((await open(chatId, body.ticket)).status).toBe(401);
    expect(await connectionsIn(chatId)).toHaveLength(1);
  });

  test('expires after a minute, and a made-up ticket is rejected', async () => {
    const anna = await newPerson();
    const { id: chatId } = await newGroup(anna);
    const { body } = await call(createTicket, anna);
    laterBy(61_000);
    const invalid = { status: 401, code: 'token_invalid' };
    expect(await refusalOf(chatId, body.ticket)).toMatchObject(invalid);
    expect(await refusalOf(chatId, 'made-up')).toMatchObject(invalid);
  });

  test('is refused for a chat that would refuse the handshake, with the same reason', async () => {
    const [anna, boris, eve] = await Promise.all([newPerson(), newPerson(), newPerson()]);
    const chatId = await newDirect(anna, boris);
    const ticketFor = (person: Person) => call(createTicket, person, { body: { chatId } });
    expect((await open(chatId, (await ticketFor(boris)).body.ticket)).status).toBe(200);
    expect(await ticketFor(eve)).toMatchObject({ status: 403, body: { code: 'not_a_participant' } });
    await call(blockUser, anna, { params: { userId: boris.id } });
    expect(await ticketFor(boris)).toMatchObject({ status: 403, body: { code: 'blocked' } });
    expect((await call(createTicket, boris)).status).toBe(200);
  });

  test('opens no chat that its owner may not open, and none after logout', async () => {
    const [anna, eve] = await Promise.all([newPerson(), newPerson()]);
    const { id: chatId } = await newGroup(anna);
    const { body: eves } = await call(createTicket, eve);
    expect(await refusalOf(chatId, eves.ticket)).toMatchObject({ status: 403, code: 'not_a_participant' });
    const { body: annas } = await call(createTicket, anna);
    await call(logout, anna, { body: {} });
    expect(await refusalOf(chatId, annas.ticket)).toMatchObject({ status: 401, code: 'session_ended' });
  });
});
