import { beforeEach, describe, expect, test, vi } from 'vitest';
import { listMessages } from '#shared/contract/chats/list-messages.ts';
import { createMeeting } from '#shared/contract/google/create-meeting.ts';
import { unlinkGoogle } from '#shared/contract/google/unlink-google.ts';
import { renameGroup } from '#shared/contract/groups/rename-group.ts';
import { getGoogleLink, renewGoogleLink } from '#shared/data/accounts/google-links.ts';
import { seal, unseal } from '#shared/google/vault.ts';
import type { Json } from '../../support/api-client.ts';
import { call } from '../../support/call.ts';
import { connect, newGroup, newPerson, type Person } from '../../support/people.ts';
import { standIn } from '../../support/stand-ins/connections.ts';
import { google, tokenInfo } from '../../support/stand-ins/google.ts';
import { link, linked } from './linked.ts';

const meet = (person: Person, chatId?: string) => call(createMeeting, person, { body: chatId ? { chatId } : {} });

const paths = () => google.requests.map(({ path }) => path);

const meetUrl = 'https://meet.google.com/abc-defg-hij';

/** Lets the person's access token expire. */
async function expire(person: Person): Promise<void> {
  const link = (await getGoogleLink(person.id)) ?? { sealedTokens: '' };
  const tokens = await unseal(person.id, link.sealedTokens);
  await renewGoogleLink(person.id, link, await seal(person.id, { ...tokens, expiresAt: Date.now() - 1000 }));
}

beforeEach(() => google.behave());

describe('a meeting', () => {
  test('is created with the user’s own Google token', async () => {
    const anna = await linked();
    google.behave();
    expect(await meet(anna)).toMatchObject({ status: 200, body: { meetUrl } });
    expect(google.requests).toMatchObject([{ path: '/v2/spaces', authorization: 'Bearer ya29.new' }]);
  });

  test('is posted to the given chat', async () => {
    const [anna, boris] = [await linked(), await newPerson()];
    const { id: chatId } = await newGroup(anna, boris);
    const socket = await connect(boris, chatId);
    await meet(anna, chatId);
    const meetingMessage = {
      type: 'system',
      content: `\u2068Anna\u2069 opened a meeting: ${meetUrl}`,
      metadata: { event: 'meeting', meetUrl },
    };
    expect(standIn.received(socket)).toMatchObject([meetingMessage]);
    const { body } = await call(listMessages, boris, { params: { chatId } });
    expect(body.messages.at(-1)).toMatchObject(meetingMessage);
  });

  test('is not created for a chat that the user is not in', async () => {
    const [anna, boris] = [await linked(), await newPerson()];
    const { id } = await newGroup(boris);
    google.behave();
    expect(await meet(anna, id)).toMatchObject({ status: 403, body: { code: 'not_a_participant' } });
    expect(google.requests).toEqual([]);
  });

  test('is not created for a group in which the user may not write', async () => {
    const [anna, boris] = [await newPerson(), await linked()];
    const { id: chatId } = await newGroup(anna, boris);
    const change = (body: object) => call(renameGroup, anna, { params: { groupId: chatId }, body });
    await change({ posting: 'admins' });
    google.behave();
    expect(await meet(boris, chatId)).toMatchObject({ status: 403, body: { code: 'posting_restricted' } });
    expect(google.requests).toEqual([]);
    await change({ posting: 'everyone', slowModeSeconds: 60 });
    google.behave({ '/v2/spaces': { status: 503 } });
    expect((await meet(boris, chatId)).status).toBe(503);
    google.behave();
    // A meeting that failed did not count.
    expect((await meet(boris, chatId)).status).toBe(200);
    google.behave();
    expect(await meet(boris, chatId)).toMatchObject({ status: 429, body: { code: 'too_many_requests' } });
    expect(google.requests).toEqual([]);
  });

  test('is posted once if two are created at the same moment in slow mode', async () => {
    const [anna, boris] = [await newPerson(), await linked()];
    const { id: chatId } = await newGroup(anna, boris);
    google.behave();
    await call(renameGroup, anna, { params: { groupId: chatId }, body: { slowModeSeconds: 60 } });
    const answers = await Promise.all([meet(boris, chatId), meet(boris, chatId)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 429]);
    const { body } = await call(listMessages, anna, { params: { chatId } });
    expect(body.messages.filter((message: Json) => message.metadata?.event === 'meeting')).toHaveLength(1);
  });

  test('requires a linked account', async () => {
    expect(await meet(await newPerson())).toMatchObject({ status: 409, body: { code: 'google_not_linked' } });
  });

  test('renews an expired access token and stores the new one', async () => {
    const anna = await linked();
    await expire(anna);
    google.behave({ '/oauth/token': { body: { access_token: 'ya29.renewed', expires_in: 3599 } } });
    expect((await meet(anna)).status).toBe(200);
    expect(paths()).toEqual(['/oauth/token', '/v2/spaces']);
    expect(google.requests[1]?.authorization).toBe('Bearer ya29.renewed');
    google.behave();
    expect((await meet(anna)).status).toBe(200);
    expect(google.requests).toMatchObject([{ authorization: 'Bearer ya29.renewed' }]);
  });

  test('uses an access token that cannot be renewed to its last minute', async () => {
    google.behave({ '/oauth/tokeninfo': { body: { ...tokenInfo, expires_in: 60 } } });
    const anna = await linked('ya29.mine');
    expect(await meet(anna)).toMatchObject({ status: 200, body: { meetUrl } });
    expect(google.requests.at(-1)).toMatchObject({ path: '/v2/spaces', authorization: 'Bearer ya29.mine' });
  });

  test('reports an expired link when the token cannot be renewed', async () => {
    const expired = { status: 409, body: { code: 'google_link_expired' } };
    const withoutRefresh = await linked('ya29.mine');
    await expire(withoutRefresh);
    expect(await meet(withoutRefresh)).toMatchObject(expired);
    const revoked = await linked();
    await expire(revoked);
    google.behave({ '/oauth/token': { status: 400 } });
    expect(await meet(revoked)).toMatchObject(expired);
    google.behave({ '/v2/spaces': { status: 401 }, '/oauth/token': { status: 400 } });
    expect(await meet(await linked('ya29.mine'))).toMatchObject(expired);
  });

  test.each([[429], [500], [503]])('answers 503 with Retry-After when Google answers %i', async (status) => {
    const anna = await linked();
    google.behave({ '/v2/spaces': { status } });
    expect(await meet(anna)).toMatchObject({
      status: 503,
      headers: { 'retry-after': '10' },
      body: { code: 'google_busy' },
    });
  });

  test.each(['/v2/spaces', '/oauth/token'])('fails within fifteen seconds when %s does not answer', async (path) => {
    const anna = await linked();
    await expire(anna);
    google.behave({ [path]: 'silent' });
    const startedAt = Date.now();
    expect(await meet(anna)).toMatchObject({ status: 503, body: { code: 'google_busy' } });
    expect(Date.now() - startedAt).toBeLessThan(15_000);
  });
});

test('Google tokens never appear in a log', async () => {
  const log = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const anna = await linked();
  google.behave({ '/v2/spaces': { status: 500 }, '/oauth/revoke': { status: 500 } });
  await meet(anna);
  await call(unlinkGoogle, anna);
  google.behave({ '/oauth/tokeninfo': { status: 500 } });
  await link(anna, 'ya29.secret');
  const lines = log.mock.calls.map(([line]) => String(line)).join('');
  log.mockRestore();
  expect(lines).toContain('google_busy');
  for (const secret of ['ya29', '1//', '4/code']) expect(lines).not.toContain(secret);
});
