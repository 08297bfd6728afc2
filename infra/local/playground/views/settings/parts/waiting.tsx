import { useApp } from '../../context.ts';
import { Button } from '../../parts/controls.tsx';
import { Hint } from './rows.tsx';

/** Stands for what loads, or offers to load it again. */
export function Waiting({ failed, load }: { failed: boolean; load(): unknown }) {
  const { texts } = useApp();
  return failed ? <Button onPress={load}>{texts.settings.tryAgain}</Button> : <Hint>{texts.loading}</Hint>;
}
