import type { Api } from '../../../client/rest/api.ts';

/** The user with an email or a phone, sent as it was typed. */
export async function findPerson(api: Api, contact: string) {
  // A keyboard for Chinese or Japanese types the sign @ in full width.
  const isEmail = contact.normalize('NFKC').includes('@');
  const { users } = await api.users.find(isEmail ? { emails: [contact] } : { phones: [contact] });
  return users[0];
}
