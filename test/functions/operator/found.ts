import { getMessage } from '#shared/contract/messages/get-message.ts';
import type { Json } from '../../support/api-client.ts';
import { call } from '../../support/call.ts';
import type { Sent } from '../../support/changes.ts';
import type { Person } from '../../support/people.ts';

/** A message as a participant reads it now. */
export async function found(person: Person, { chatId, id: messageId }: Sent): Promise<Json> {
  return (await call(getMessage, person, { params: { chatId, messageId } })).body.message;
}
