import { useCallback, useEffect, useState } from 'preact/hooks';
import type { Words } from './context.ts';
import { wordsFor } from './problem-text.ts';

const shownForMs = 8000;

/** The words at the top of the page, and the two ways to show some: see `AppContext`. */
export function useNotice() {
  const [notice, setNotice] = useState<{ words: Words }>();

  useEffect(() => {
    if (!notice) return undefined;
    const timer = setTimeout(() => setNotice(undefined), shownForMs);
    return () => clearTimeout(timer);
  }, [notice]);

  const notify = useCallback((words: Words) => setNotice({ words }), []);

  const attempt = useCallback(
    async (action: () => Promise<unknown>) => {
      setNotice(undefined);
      try {
        await action();
        return true;
      } catch (error) {
        notify(wordsFor(error));
        return false;
      }
    },
    [notify],
  );

  return { words: notice?.words, notify, attempt };
}
