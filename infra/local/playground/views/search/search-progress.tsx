import { useMemo } from 'preact/hooks';
import { useApp } from '../context.ts';
import { Button } from '../parts/controls.tsx';
import { useSecondsUntil } from '../parts/use-seconds-until.ts';
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
  const seconds = useSecondsUntil(until);
  return seconds > 0 ? <p class="wait">{search.goesOnIn(seconds)}</p> : null;
}
