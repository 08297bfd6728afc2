import { useEffect, useMemo, useReducer } from 'preact/hooks';
import { useApp } from '../context.ts';
import { Button } from '../parts/controls.tsx';
import { wordsFor } from '../problem-text.ts';

interface ProgressProps {
  search: { isSearching: boolean; waitsUntil: number | undefined; error: unknown; further(): Promise<void> };
  /** What the button says that goes on with the search. Empty if all was searched. */
  further: string;
}

/** Below the results: why the search waits or has failed, and a button that goes on. */
export function SearchProgress({ search, further }: ProgressProps) {
  const { texts } = useApp();
  const { isSearching, waitsUntil, error } = search;
  const words = useMemo(() => (error === undefined ? undefined : wordsFor(error)), [error]);
  const verb = words ? texts.retry : further;
  return (
    <>
      {isSearching && waitsUntil !== undefined && <Wait until={waitsUntil} />}
      <p class="complaint" role="alert">
        {words?.(texts)}
      </p>
      {!isSearching && verb && (
        <Button class="further" onPress={() => search.further()}>
          {verb}
        </Button>
      )}
    </>
  );
}

/** Not in a live region, or each second would be read out. */
function Wait({ until }: { until: number }) {
  const { search } = useApp().texts;
  const [, tick] = useReducer((count: number) => count + 1, 0);
  const seconds = Math.ceil((until - Date.now()) / 1000);
  const isWaiting = seconds > 0;
  useEffect(() => {
    if (!isWaiting) return undefined;
    const timer = setInterval(() => tick(0), 1000);
    return () => clearInterval(timer);
  }, [isWaiting]);
  return isWaiting ? <p class="wait">{search.goesOnIn(seconds)}</p> : null;
}
