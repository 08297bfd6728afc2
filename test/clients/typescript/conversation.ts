import assert from 'node:assert/strict';
import createClient from 'openapi-fetch';
import type { paths } from './api.ts';

/** What the generated client is for: node conversation.ts http://localhost:3000 */

const [, , baseUrl = 'http://localhost:3000'] = process.argv;

async function register(name: string) {
  const client = createClient<paths>({ baseUrl });
  const body = { email: `${crypto.randomUUID()}@example.com`, password: 'correct horse', name };
  const { data } = await client.POST('/auth/register', { body });
  assert(data);
  client.use({ onRequest: ({ request }) => request.headers.set('authorization', `Bearer ${data.accessToken}`) });
  return client;
}

const anna = await register('Anna');
const created = await anna.POST('/groups', { body: { name: 'Weekend', participantIds: [] } });
assert(created.data);

const params = { path: { chatId: created.data.group.id } };
const sent = await anna.POST('/chats/{chatId}/messages', { params, body: { content: 'Hills or lake?' } });
const listed = await anna.GET('/chats/{chatId}/messages', { params });
assert.deepEqual(listed.data?.messages.at(-1), sent.data?.message);
assert.equal(sent.data?.message.content, 'Hills or lake?');

const eve = await register('Eve');
const { error, response } = await eve.GET('/chats/{chatId}/messages', { params });
assert.equal(response.status, 403);
assert.equal(error?.code, 'not_a_participant');
