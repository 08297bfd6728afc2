import type { AppContext } from '../../context.ts';
import { copy } from '../../parts/copy.ts';
import { askForLine } from '../../parts/sheets/dialog.tsx';

/** The address with which somebody joins a group. */
export const inviteLink = (code: string): string => `${location.origin}/#join=${code}`;

/** Copies the invite link, or shows it where the browser does not let the page copy. */
export async function copyInvite(code: string, { texts, notify }: Pick<AppContext, 'texts' | 'notify'>): Promise<void> {
  const link = inviteLink(code);
  if (await copy(link)) notify((current) => current.info.inviteCopied);
  else
    await askForLine({
      label: texts.info.copyYourself,
      verb: texts.done,
      texts,
      value: link,
      act: async () => undefined,
    });
}
