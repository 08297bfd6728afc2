import type { ResponseOf } from '#shared/contract/endpoint.ts';
import type { exportMe } from '#shared/contract/users/export-me.ts';
import type { Api } from './api.ts';

type Page = ResponseOf<typeof exportMe>;
type Export = Omit<Page, 'cursor' | 'reactions'> & { reactions: NonNullable<Page['reactions']> };

interface Progress {
  /** How many messages have arrived. */
  onMessages(count: number): void;
  /** Stops it. */
  signal: AbortSignal;
}

/** Everything that the server has about the user, from all its pages, or undefined if it was stopped. */
export async function exportAll(
  { account }: Pick<Api, 'account'>,
  { onMessages, signal }: Progress,
): Promise<Export | undefined> {
  let { cursor, ...first } = await account.exportPage();
  const all: Export = { ...first, reactions: first.reactions ?? [] };
  while (cursor !== undefined && !signal.aborted) {
    onMessages(all.messages.length);
    const page = await account.exportPage(cursor);
    all.messages.push(...page.messages);
    all.reactions.push(...(page.reactions ?? []));
    cursor = page.cursor;
  }
  return signal.aborted ? undefined : all;
}
