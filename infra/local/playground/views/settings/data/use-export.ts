import { useEffect, useRef, useState } from 'preact/hooks';
import { saveFile } from '../../../client/browser/save-file.ts';
import { exportAll } from '../../../client/rest/export.ts';
import { useApp } from '../../context.ts';

/** The export of the user's data into a file, and how far it is. Leaving the view stops it. */
export function useExport() {
  const { api, attempt } = useApp();
  const [progress, setProgress] = useState<{ messages: number; isDone: boolean }>();
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);
  const begin = async () => {
    const run = new AbortController();
    running.current = run;
    const show = (messages: number, isDone = false) => setProgress({ messages, isDone });
    show(0);
    const isRight = await attempt(async () => {
      const all = await exportAll(api, { onMessages: show, signal: run.signal });
      if (!all) return;
      saveFile(`chat-export-${all.user?.id}.json`, 'application/json', JSON.stringify(all, undefined, 2));
      show(all.messages.length, true);
    });
    if (!isRight || run.signal.aborted) setProgress(undefined);
  };
  return { progress, begin, stop: () => running.current?.abort() };
}
