import { randomUUID } from 'node:crypto';
import { request } from '../support/api-client.ts';

export interface Person {
  id: string;
  token: string;
}

/** Registers people over REST, four at a time, each from its own address. */
export async function registerPeople(url: string, count: number): Promise<Person[]> {
  const people: Person[] = [];
  const worker = async () => {
    while (people.length < count) {
      const n = people.push({ id: '', token: '' }) - 1;
      const body = { email: `${randomUUID()}@example.com`, password: 'correct horse', name: `Person ${n}` };
      const answer = await request(url, 'POST', '/auth/register', { body });
      if (answer.status !== 200) throw new Error(`Registering answered ${JSON.stringify(answer.body)}`);
      people[n] = { id: answer.body.user.id, token: answer.body.accessToken };
    }
  };
  await Promise.all([worker(), worker(), worker(), worker()]);
  return people;
}

/** Makes a group of the first with the others; gives its id. */
export async function makeGroup(url: string, [owner, ...others]: Person[]): Promise<string> {
  const body = { name: 'Room', participantIds: others.map(({ id }) => id) };
  const answer = await request(url, 'POST', '/groups', { token: owner?.token ?? '', body });
  if (answer.status !== 200) throw new Error(`Making a group answered ${JSON.stringify(answer.body)}`);
  return answer.body.group.id;
}
