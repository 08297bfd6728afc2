import type { StoredMessage } from '#shared/data/chats/messages.ts';
import type { Person } from '#shared/people/display-names.ts';
import { texts } from '#shared/texts/in-language.ts';
import { systemText } from '#shared/texts/system-text.ts';

/** The ids of everyone that the messages name. */
export const peopleIn = (stored: Pick<StoredMessage, 'userId' | 'memberIds'>[]): string[] =>
  stored.flatMap(({ userId, memberIds = [] }) => [userId, ...memberIds]);

export const memberNamesIn = ({ memberIds = [] }: StoredMessage, people: Map<string, Person>): string[] =>
  memberIds.map((id) => people.get(id)?.name as string);

/** The text of a message, which the server words itself if the message is a tombstone or a system message. */
export function contentOf(stored: StoredMessage, people: Map<string, Person>): string {
  const { deletedAt, event, userId, content = '' } = stored;
  if (deletedAt !== undefined) return texts().messageDeleted;
  const who = people.get(userId)?.name as string;
  return event ? systemText({ ...stored, event, who, members: memberNamesIn(stored, people) }) : content;
}
