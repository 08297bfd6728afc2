import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import { maxAtOnce } from '#shared/contract/groups/limits.ts';
import { type Json, request } from '../support/api-client.ts';

export interface Person {
  id: string;
  token: string;
}

/** So many may register from one address in an hour. */
const perAddress = 100;

/** Registers people over REST, four at a time. More than a hundred need Linux, where a machine has all addresses of 127/8. */
export async function registerPeople(url: string, count: number): Promise<Person[]> {
  const people: Person[] = [];
  const worker = async () => {
    while (people.length < count) {
      const n = people.push({ id: '', token: '' }) - 1;
      people[n] = await register(url, n);
    }
  };
  await Promise.all([worker(), worker(), worker(), worker()]);
  return people;
}

async function register(url: string, n: number): Promise<Person> {
  const sent = httpRequest(`${url}/auth/register`, {
    method: 'POST',
    localAddress: `127.0.0.${1 + Math.floor(n / perAddress)}`,
    headers: { 'content-type': 'application/json' },
  });
  sent.end(JSON.stringify({ email: `${randomUUID()}@example.com`, password: 'correct horse', name: `Person ${n}` }));
  const [response]: IncomingMessage[] = await once(sent, 'response');
  const body = (await json(response as IncomingMessage)) as Json;
  if (response?.statusCode !== 200) throw new Error(`Registering answered ${JSON.stringify(body)}`);
  return { id: body.user.id, token: body.accessToken };
}

/** Makes a group of the first with the others; gives its id. */
export async function makeGroup(url: string, [owner, ...others]: Person[]): Promise<string> {
  const ids = others.map(({ id }) => id);
  const post = async (path: string, body: object) => {
    const answer = await request(url, 'POST', path, { token: owner?.token ?? '', body });
    if (answer.status !== 200) throw new Error(`Making a group answered ${JSON.stringify(answer.body)}`);
    return answer.body.group.id as string;
  };
  const id = await post('/groups', { name: 'Room', participantIds: ids.slice(0, maxAtOnce) });
  for (let n = maxAtOnce; n < ids.length; n += maxAtOnce)
    await post(`/groups/${id}/members`, { userIds: ids.slice(n, n + maxAtOnce) });
  return id;
}
