import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Endpoint } from '../../shared/contract/endpoint.ts';
import { endpoints } from '../../shared/contract/index.ts';
import { signToken } from '../../shared/tokens/sign.ts';
import { invoke } from '../support/invoke.ts';
import { newGroup, newPerson } from '../support/people.ts';

/** Made from the contract's list, so that an endpoint that comes later is covered too. */

async function handlerOf({ name }: Endpoint) {
  const file = join(import.meta.dirname, '../../functions', `${name}.ts`);
  return (await import(/* @vite-ignore */ file)).handler;
}

/** Bodies that pass validation, so that only the right to do it is at stake. */
const bodies: Record<string, object> = {
  'chats/send-message': { content: 'hi' },
  'groups/create-group': { name: 'x', participantIds: [] },
  'groups/join-group': { inviteCode: 'NONESUCH' },
};

const closed = endpoints.filter(({ access }) => access === 'user');
const ofAChat = endpoints.filter(({ path }) => path.includes('{chatId}'));

test.each(closed)('$method $path takes nobody without a good token', async (endpoint) => {
  const handler = await handlerOf(endpoint);
  const anna = await newPerson();
  const claims = { userId: anna.id, sessionId: 's' };
  const forged = `${anna.token.slice(0, -6)}AAAAAA`;
  const call = (token?: string) =>
    invoke(handler, endpoint, { ...(token && { token }), params: { chatId: 'c' }, body: bodies[endpoint.name] ?? {} });
  expect(await call()).toMatchObject({ status: 401, body: { code: 'token_missing' } });
  expect(await call(forged)).toMatchObject({ status: 401, body: { code: 'token_invalid' } });
  expect(await call(anna.refreshToken)).toMatchObject({ status: 401, body: { code: 'token_invalid' } });
  const old = await signToken('access', claims, Date.now() - 3_700_000);
  expect(await call(old)).toMatchObject({ status: 401, body: { code: 'token_expired' } });
});

test.each(ofAChat)('$method $path takes a participant of one chat for no participant of another', async (endpoint) => {
  const handler = await handlerOf(endpoint);
  const [anna, eve] = await Promise.all([newPerson(), newPerson()]);
  const [annas] = await Promise.all([newGroup(anna), newGroup(eve)]);
  const call = (chatId: string) =>
    invoke(handler, endpoint, { token: eve.token, params: { chatId }, body: bodies[endpoint.name] });
  const refused = await call(annas.id);
  expect(refused).toMatchObject({ status: 403, body: { code: 'not_a_participant' } });
  const nowhere = await call('no-such-chat');
  expect({ ...nowhere.body, requestId: '' }).toEqual({ ...refused.body, requestId: '' });
});
