import { useCallback } from 'preact/hooks';
import { prepare } from '../../../client/browser/prepare.ts';
import type { OpenChat } from '../../../state/open-chat.ts';
import { maxFiles } from '../../../state/tray.ts';
import { useApp } from '../../context.ts';
import { wordsFor } from '../../problem-text.ts';

/** Adds files to the message that the user is writing, and says which ones can't be sent. */
export function useAddFiles(open: OpenChat): (files: File[]) => void {
  const { notify } = useApp();
  return useCallback(
    (files) => {
      const { tray } = open.unsent;
      if (tray.chosen.length + files.length > maxFiles) notify((texts) => texts.files.tooMany(maxFiles));
      tray.add(files, { prepare, onChange: open.onChange, onRefused: (error) => notify(wordsFor(error)) });
    },
    [open, notify],
  );
}
