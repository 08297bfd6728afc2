import { useEffect, useReducer } from 'preact/hooks';

/** How many seconds are left until a time in milliseconds since the epoch, rendered each second; 0 after it. */
export function useSecondsUntil(time: number): number {
  const [, rerender] = useReducer((count: number) => count + 1, 0);
  const seconds = Math.max(0, Math.ceil((time - Date.now()) / 1000));
  const isOver = seconds === 0;
  useEffect(() => {
    if (isOver) return undefined;
    const timer = setInterval(() => rerender(0), 1000);
    return () => clearInterval(timer);
  }, [isOver]);
  return seconds;
}
