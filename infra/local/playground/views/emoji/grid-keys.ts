/** The arrow keys go through the emojis of a picker as they are on the screen; above the first row is the search. */
export function onGridKey(event: KeyboardEvent, picker: HTMLElement): void {
  const emojis = [...picker.querySelectorAll<HTMLElement>('[data-emoji]')];
  const { key, target } = event;
  const now = emojis.indexOf(target as HTMLElement);
  const isInSearch = target instanceof HTMLInputElement;
  const next = isInSearch ? key === 'ArrowDown' && emojis[0] : now >= 0 && nextOf(emojis, now, key);
  const isUpFromFirst = now >= 0 && key === 'ArrowUp' && !next;
  if (!next && !isUpFromFirst) return;
  event.preventDefault();
  // The menu around the picker has arrow keys of its own.
  event.stopPropagation();
  if (next) next.focus();
  else picker.querySelector('input')?.focus();
}

function nextOf(emojis: HTMLElement[], now: number, key: string): HTMLElement | undefined {
  if (key === 'ArrowRight') return emojis[now + 1];
  if (key === 'ArrowLeft') return emojis[now - 1];
  if (key === 'Home') return emojis[0];
  if (key === 'End') return emojis.at(-1);
  const from = emojis[now]?.getBoundingClientRect();
  if (!from || (key !== 'ArrowDown' && key !== 'ArrowUp')) return undefined;
  const isBelow = key === 'ArrowDown';
  const rows = isBelow ? emojis.slice(now + 1) : emojis.slice(0, now).reverse();
  const inOtherRow = (one: HTMLElement) => Math.abs(one.offsetTop - (emojis[now]?.offsetTop ?? 0)) > 1;
  const row = rows.find(inOtherRow)?.offsetTop;
  return rows
    .filter((one) => row !== undefined && Math.abs(one.offsetTop - row) <= 1)
    .toSorted((one, other) => distance(one, from) - distance(other, from))[0];
}

const distance = (one: HTMLElement, { left }: DOMRect): number => Math.abs(one.getBoundingClientRect().left - left);
