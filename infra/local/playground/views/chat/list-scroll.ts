import type { Timeline } from '../../state/timeline.ts';

/** Closer to the end than this, the list follows new messages. Pixels. */
const nearEnd = 80;

/** How far the end of the list is below what is on the screen, in pixels. */
const belowScreen = ({ scrollHeight, scrollTop, clientHeight }: HTMLElement): number =>
  scrollHeight - scrollTop - clientHeight;

// An empty list is not measured: that would force a layout just as the chat opens.

export const isAtEnd = (list: HTMLElement): boolean => !list.hasChildNodes() || belowScreen(list) < nearEnd;

export function scrollToEnd(list: HTMLElement): void {
  if (list.hasChildNodes()) list.scrollTop = list.scrollHeight;
}

/** To the end, or to the first unread message if the unread ones do not fit on the screen. */
export function scrollToUnread(list: HTMLElement): void {
  if (!list.hasChildNodes()) return;
  scrollToEnd(list);
  const { top } = list.getBoundingClientRect();
  const above = top - (list.querySelector('.unread')?.getBoundingClientRect().top ?? top);
  if (above > 0) list.scrollTop -= above;
}

/** To the message with this number, in the middle. Returns its row, or null if it is not in the list. */
export function scrollToMessage(list: HTMLElement, seq: number): HTMLElement | null {
  const row = rowOf(list, seq);
  row?.scrollIntoView({ block: 'center' });
  return row;
}

/** The number of the lowest message on the screen. */
export const lowestSeq = (list: HTMLElement): number | undefined => placesOf(list).at(-1)?.seq;

/** Where a message is on the screen: pixels below the top of the list. */
interface RowPlace {
  seq: number;
  top: number;
}

/** The messages on the screen, from top to bottom. */
export function placesOf(list: HTMLElement): RowPlace[] {
  if (!list.hasChildNodes()) return [];
  const { top: listTop, bottom: listBottom } = list.getBoundingClientRect();
  const places: RowPlace[] = [];
  for (let row = list.lastElementChild; row; row = row.previousElementSibling) {
    const { top, bottom } = row.getBoundingClientRect();
    if (bottom <= listTop) break;
    const seq = seqOf(row);
    if (seq > 0 && top < listBottom) places.unshift({ seq, top: top - listTop });
  }
  return places;
}

/**
 * Scrolls so that the second of these messages is where it was, whatever came or went around it; or another one, if it has
 * gone. The first one may have lost its author's name to a message that came in above it.
 */
export function keepPlace(list: HTMLElement, [first, ...others]: readonly RowPlace[]): void {
  for (const { seq, top } of [...others, ...(first ? [first] : [])]) {
    const row = rowOf(list, seq);
    if (!row) continue;
    const moved = row.getBoundingClientRect().top - list.getBoundingClientRect().top - top;
    if (moved !== 0) list.scrollTop += moved;
    return;
  }
}

const rowOf = (list: HTMLElement, seq: number) => list.querySelector<HTMLElement>(`[data-seq="${seq}"]`);
const seqOf = (row: Element) => (row instanceof HTMLElement ? Number(row.dataset.seq ?? 0) : 0);

/**
 * What to load next when less than a screen of the list is left above or below. At its end a quarter is enough: most people
 * read the newest messages and leave.
 */
export function nextPage(list: HTMLElement, timeline: Timeline): (() => Promise<void>) | undefined {
  const { scrollTop, clientHeight } = list;
  const enoughAbove = isAtEnd(list) ? clientHeight / 4 : clientHeight;
  if (scrollTop < enoughAbove && timeline.hasOlder) return () => timeline.loadOlder();
  if (belowScreen(list) < clientHeight && timeline.isPast) return () => timeline.loadNewer();
  return undefined;
}
