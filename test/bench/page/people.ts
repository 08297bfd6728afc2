import { request } from '../../support/api-client.ts';

/** Somebody who is signed in at a running server. */
export interface SignedIn {
  id: string;
  name: string;
  /** As the web client keeps them. */
  tokens: string;
  newGroup(participantIds: string[]): Promise<string>;
  say(chatId: string, content: string): Promise<unknown>;
  read(chatId: string, seq: number): Promise<unknown>;
}

/** Creates an account over the REST API. */
export async function signUp(url: string, name: string): Promise<SignedIn> {
  const credentials = { email: `${crypto.randomUUID()}@example.com`, password: 'correct horse', name };
  const { body } = await request(url, 'POST', '/auth/register', { body: credentials });
  const post = async (path: string, what: object) => {
    const answer = await request(url, 'POST', path, { token: body.accessToken, body: what });
    if (answer.status !== 200) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  return {
    id: body.user.id,
    name,
    tokens: JSON.stringify(body),
    newGroup: async (participantIds) => (await post('/groups', { name: 'Lake', participantIds })).group.id,
    say: (chatId, content) => post(`/chats/${chatId}/messages`, { content }),
    read: (chatId, seq) => post(`/chats/${chatId}/read`, { seq }),
  };
}
