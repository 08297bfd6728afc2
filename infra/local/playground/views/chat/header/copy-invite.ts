import type { Chat } from '#shared/contract/chats/chat.ts';
import type { AppContext } from '../../context.ts';
import { copy } from '../../parts/copy.ts';
import { askForLine } from '../../parts/dialog.tsx';

/** Copies the link by which others join a group, or shows it if the browser does not let the page copy. */
export async function copyInvite({ inviteCode }: Chat, { texts, notify }: AppContext): Promise<void> {
  const link = `${location.origin}/#join=${inviteCode}`;
  if (await copy(link)) notify((current) => current.inviteCopied);
  else
    await askForLine({ label: texts.copyYourself, verb: texts.done, texts, value: link, act: async () => undefined });
}
