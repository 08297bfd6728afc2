import type { FunctionComponent } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useApp } from '../context.ts';

/** A view whose script is loaded when it is first shown. */
export function lazy<Props extends object>(load: () => Promise<FunctionComponent<Props>>): FunctionComponent<Props> {
  let loaded: FunctionComponent<Props> | undefined;
  return function Lazy(props: Props) {
    const { attempt } = useApp();
    const [View, setView] = useState(() => loaded);
    useEffect(() => {
      if (View) return;
      void attempt(async () => {
        loaded = await load();
        setView(() => loaded);
      });
    }, [View, attempt]);
    return View ? <View {...props} /> : null;
  };
}
