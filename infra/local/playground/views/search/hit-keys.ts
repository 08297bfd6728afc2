/** The up and down arrows go through the search box and the results in a part of the page. */
export function onHitKey(event: KeyboardEvent, results: string): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const { currentTarget: place } = event;
  if (!step || !(place instanceof HTMLElement)) return;
  const stops = [...place.querySelectorAll<HTMLElement>(`[type="search"], ${results}`)];
  const now = stops.findIndex((stop) => stop.matches(':focus'));
  const next = now < 0 ? undefined : stops[now + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
