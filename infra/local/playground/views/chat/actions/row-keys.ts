/**
 * The keys of the list of messages: from the list, the up arrow goes to the lowest message on the screen; from a message, the
 * arrows go to the others, Enter and R reply. R is the key in this place of the keyboard, so that it works in Russian too.
 */
export function onRowKey(event: KeyboardEvent, list: HTMLElement, onReply: (seq: number) => void): void {
  const { target, key, code } = event;
  if (!(target instanceof HTMLElement) || event.ctrlKey || event.metaKey || event.altKey) return;
  const row = target.closest<HTMLElement>('[data-seq]');
  const next = key === 'ArrowUp' || key === 'ArrowDown' ? rowAfter(list, row, key) : undefined;
  const replies = row && (code === 'KeyR' || (key === 'Enter' && target === row));
  if (!next && !replies) return;
  // Or the letter would be typed into the message box, which has the focus next.
  event.preventDefault();
  if (next) next.focus();
  else onReply(Number(row?.dataset.seq));
}

function rowAfter(list: HTMLElement, row: HTMLElement | null, key: 'ArrowUp' | 'ArrowDown'): HTMLElement | undefined {
  const rows = [...list.querySelectorAll<HTMLElement>('[data-seq]')];
  if (row) return rows[rows.indexOf(row) + (key === 'ArrowUp' ? -1 : 1)];
  if (key === 'ArrowDown') return undefined;
  const { bottom } = list.getBoundingClientRect();
  return rows.findLast((one) => one.getBoundingClientRect().top < bottom);
}
