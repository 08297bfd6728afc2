import type { Api } from './api.ts';

/** Whether a text may be an email or a phone, so that somebody could have it. */
export const isContact = (text: string): boolean => isEmail(text) || /\d\D*\d\D*\d\D*\d\D*\d/.test(text);

/** The user with an email or a phone, sent as it was typed. */
export async function findPerson(api: Api, contact: string) {
  const { users } = await api.users.find(isEmail(contact) ? { emails: [contact] } : { phones: [contact] });
  return users[0];
}

/** A keyboard for Chinese or Japanese types the sign @ in full width. */
const isEmail = (text: string): boolean => text.normalize('NFKC').includes('@');
