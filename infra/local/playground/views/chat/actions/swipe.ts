/** A finger that has moved this far either swipes or scrolls. Pixels. */
const decidedAt = 12;
/** A swipe of this length replies. Pixels. */
const repliesAt = 56;
/** The message follows the finger up to here. Pixels. */
const furthest = 72;

interface Swiped {
  pointerId: number;
  row: HTMLElement;
  x: number;
  y: number;
  /** How far the finger has moved to the right, once it is clear that it swipes. */
  by: number;
}

/**
 * Replies to a message that is swiped to the right on a touch screen. The style `touch-action: pan-y` of the rows leaves
 * vertical movements to the browser, which cancels the pointer when it scrolls.
 */
export function replyBySwipe(list: HTMLElement, onReply: (seq: number) => void): void {
  let swiped: Swiped | undefined;

  const end = () => {
    swiped?.row.style.removeProperty('--swiped');
    swiped?.row.classList.remove('swiped', 'replies');
    swiped = undefined;
  };

  list.addEventListener('pointerdown', ({ pointerType, isPrimary, pointerId, target, clientX: x, clientY: y }) => {
    end();
    const row = target instanceof Element ? target.closest<HTMLElement>('.message[data-seq]') : null;
    if (pointerType === 'touch' && isPrimary && row) swiped = { pointerId, row, x, y, by: 0 };
  });
  list.addEventListener('pointermove', ({ pointerId, clientX, clientY }) => {
    if (swiped?.pointerId !== pointerId) return;
    const [right, down] = [clientX - swiped.x, Math.abs(clientY - swiped.y)];
    if (swiped.by === 0 && Math.max(Math.abs(right), down) < decidedAt) return;
    if (swiped.by === 0 && right < 1.5 * down) return end();
    swiped.by = Math.max(right, 1);
    swiped.row.style.setProperty('--swiped', `${Math.min(swiped.by, furthest)}px`);
    swiped.row.classList.add('swiped');
    swiped.row.classList.toggle('replies', swiped.by >= repliesAt);
  });
  list.addEventListener('pointerup', ({ pointerId }) => {
    const seq = swiped?.pointerId === pointerId && swiped.by >= repliesAt ? Number(swiped.row.dataset.seq) : undefined;
    end();
    if (seq !== undefined) onReply(seq);
  });
  list.addEventListener('pointercancel', end);
}
