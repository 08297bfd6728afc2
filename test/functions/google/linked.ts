import { linkGoogle } from '#shared/contract/google/link-google.ts';
import { call } from '../../support/call.ts';
import { newPerson, type Person } from '../../support/people.ts';

export const link = (person: Person, token: string) => call(linkGoogle, person, { body: { token } });

export async function linked(token = '4/code'): Promise<Person> {
  const anna = await newPerson('Anna');
  await link(anna, token);
  return anna;
}
