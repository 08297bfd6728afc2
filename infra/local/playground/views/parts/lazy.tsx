import type { FunctionComponent } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { closePanel, fromHere } from '../address.ts';
import { useApp } from '../context.ts';

/** The scripts of all lazy views. */
const loads: (() => Promise<unknown>)[] = [];

/** A sheet whose script is not a part of the page's first one. Without it the sheet closes, so that it can be opened again. */
export function lazy<Props extends object>(load: () => Promise<FunctionComponent<Props>>): FunctionComponent<Props> {
  let loaded: FunctionComponent<Props> | undefined;
  const view = async () => {
    loaded ??= await load();
    return loaded;
  };
  loads.push(view);
  return function Lazy(props: Props) {
    const { attempt } = useApp();
    const [View, setView] = useState(() => loaded);
    useEffect(() => {
      if (View) return;
      const thenGo = fromHere();
      void attempt(async () => {
        const one = await view();
        setView(() => one);
      }).then((isShown) => isShown || thenGo(closePanel));
    }, [View, attempt]);
    return View ? <View {...props} /> : null;
  };
}

/** Milliseconds after which the page has shown what the user came for. */
const calmMs = 1500;

/** Loads `more` and the scripts of all lazy views while there is a network and nothing else to do. */
export function useLazyScripts(more: () => Promise<unknown>): void {
  useEffect(() => {
    // Whoever opens one without a network is told so then.
    const load = () => [more, ...loads].map((one) => one().catch(() => undefined));
    const timer = setTimeout(load, calmMs);
    return () => clearTimeout(timer);
  }, []);
}
