import { createHmac } from 'node:crypto';
import type { Draft } from '#shared/contract/chats/draft.ts';
import { getMessage, type SentMarker, type StoredMessage } from '#shared/data/chats/messages.ts';
import { Problem } from '#shared/platform/problem.ts';
import { settings } from '#shared/platform/settings.ts';

/**
 * The marker of a `clientId` keeps a hash of the draft that it was first used for, because the message may have been edited
 * or deleted when it is sent again. A plain hash of a short text is easily guessed, so this one has a key that is not in the
 * table.
 */

const key = settings.codeKey();

const digest = (purpose: string, text: string): string =>
  createHmac('sha256', key).update(`${purpose}:${text}`).digest('base64url');

/** Shows which key a hash was made with: the operator may replace it. */
const keyName = digest('name of the key of drafts', '').slice(0, 8);

/** What was sent, by whom and where: so the same text has another hash elsewhere, and a deleted text can't be recognised. */
export type Sending = Omit<Draft, 'clientId'> & { chatId: string; userId: string; clientId: string };

/** The hash of a draft, "key.hash". The order of its mentions makes no difference. */
export function hashDraft({ chatId, userId, clientId, ...draft }: Sending): string {
  const { content = '', replyToId, mentions, everyone, fileIds = [] } = draft;
  const mentioned = [...new Set(mentions)].sort();
  const parts = [chatId, userId, clientId, content, replyToId ?? '', mentioned, everyone ?? false, ...fileIds];
  return `${keyName}.${digest('draft', JSON.stringify(parts))}`;
}

/**
 * The message that this draft has made before, as it is now. Throws `client_id_reused` if the draft is a different one, as
 * far as anybody can still tell.
 */
export async function getFirst({ seq, draftHash }: SentMarker, sending: Sending): Promise<StoredMessage> {
  const first = await getMessage(sending.chatId, seq);
  if (!first || isDifferent(first, draftHash, sending)) throw new Problem('client_id_reused');
  return first;
}

function isDifferent(first: StoredMessage, draftHash: string | undefined, sending: Sending): boolean {
  if (draftHash) return draftHash.startsWith(`${keyName}.`) && draftHash !== hashDraft(sending);
  // A marker without a hash, as earlier versions made them. An answer of the assistant has the question that was sent.
  return first.version === undefined && (first.question ?? first.content) !== (sending.content ?? '');
}
