import type { Message } from '#shared/contract/chats/message.ts';
import { kindOf } from '#shared/contract/files/types.ts';
import type { StoredMessage } from '#shared/data/chats/messages.ts';
import type { Person } from '#shared/people/display-names.ts';
import { texts } from '#shared/texts/in-language.ts';
import { systemText } from '#shared/texts/system-text.ts';

type Placeholder = NonNullable<NonNullable<Message['metadata']>['placeholder']>;

/** The ids of everyone that the messages name. */
export const peopleIn = (stored: Pick<StoredMessage, 'userId' | 'memberIds'>[]): string[] =>
  stored.flatMap(({ userId, memberIds = [] }) => [userId, ...memberIds]);

export const memberNamesIn = ({ memberIds = [] }: StoredMessage, people: Map<string, Person>): string[] =>
  memberIds.map((id) => people.get(id)?.name as string);

/** What a message without a text shows instead: of what kind its first file is. */
export function placeholderOf({ content, files = [] }: StoredMessage): Placeholder | undefined {
  const [first] = files;
  if (content || !first) return undefined;
  const kind = kindOf(first.mimeType);
  if (kind === 'audio') return first.waveform ? 'voice' : 'audio';
  return kind === 'image' ? 'photo' : kind;
}

/** The text of a message, which the server words itself if the message has none, is a tombstone or a system message. */
export function contentOf(stored: StoredMessage, people: Map<string, Person>): string {
  const { deletedAt, event, userId, content = '' } = stored;
  const placeholder = placeholderOf(stored);
  if (deletedAt !== undefined) return texts().messageDeleted;
  if (placeholder) return texts().placeholders[placeholder];
  const who = people.get(userId)?.name as string;
  return event ? systemText({ ...stored, event, who, members: memberNamesIn(stored, people) }) : content;
}
