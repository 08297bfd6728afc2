/** Closer to the end than this, the list follows new messages. Pixels. */
const nearEnd = 80;

/** How far the end of the list is below what is on the screen, in pixels. */
export const belowScreen = ({ scrollHeight, scrollTop, clientHeight }: HTMLElement): number =>
  scrollHeight - scrollTop - clientHeight;

export const isAtEnd = (list: HTMLElement): boolean => belowScreen(list) < nearEnd;

export function scrollToEnd(list: HTMLElement): void {
  list.scrollTop = list.scrollHeight;
}

/** To the end, or to the first unread message if the unread ones do not fit on the screen. */
export function scrollToUnread(list: HTMLElement): void {
  scrollToEnd(list);
  const { top } = list.getBoundingClientRect();
  const above = top - (list.querySelector('.unread')?.getBoundingClientRect().top ?? top);
  if (above > 0) list.scrollTop -= above;
}

/** To the message with this number, in the middle. Returns its row, or null if it is not in the list. */
export function scrollToMessage(list: HTMLElement, seq: number): HTMLElement | null {
  const row = list.querySelector<HTMLElement>(`[data-seq="${seq}"]`);
  row?.scrollIntoView({ block: 'center' });
  return row;
}

/** The number of the lowest message on the screen. */
export function lowestSeq(list: HTMLElement): number | undefined {
  const { bottom } = list.getBoundingClientRect();
  let row = list.lastElementChild;
  while (row && !(seqOf(row) && row.getBoundingClientRect().top < bottom)) row = row.previousElementSibling;
  return row ? seqOf(row) : undefined;
}

const seqOf = (row: Element) => (row instanceof HTMLElement ? Number(row.dataset.seq ?? 0) : 0);
