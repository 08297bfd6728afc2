import { request } from '../../support/api-client.ts';

/** Somebody who is signed in at a running server. */
interface SignedIn {
  id: string;
  name: string;
  /** As the web client keeps them. */
  tokens: string;
  newGroup(participantIds: string[]): Promise<string>;
}

/** Creates an account over the REST API. */
export async function signUp(url: string, name: string): Promise<SignedIn> {
  const credentials = { email: `${crypto.randomUUID()}@example.com`, password: 'correct horse', name };
  const { body } = await request(url, 'POST', '/auth/register', { body: credentials });
  const newGroup = async (participantIds: string[]) => {
    const group = { name: 'Lake', participantIds };
    return (await request(url, 'POST', '/groups', { token: body.accessToken, body: group })).body.group.id;
  };
  return { id: body.user.id, name, tokens: JSON.stringify(body), newGroup };
}
