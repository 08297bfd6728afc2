import type { TargetedTouchEvent } from 'preact';
import { useRef } from 'preact/hooks';

/** A finger that has moved less than this does not swipe. Pixels. */
const swipesAt = 48;

interface Swipes {
  /** 1 for a swipe to the left, which shows the next one; -1 for a swipe to the right. */
  onSide(step: 1 | -1): void;
  onDown(): void;
}

/** Hears the swipes of one finger. A page that is zoomed in is moved by them instead. */
export function useSwipes({ onSide, onDown }: Swipes) {
  const start = useRef<{ x: number; y: number } | undefined>(undefined);
  return {
    onTouchStart({ touches: [touch, another] }: TargetedTouchEvent<HTMLElement>) {
      const isZoomed = (visualViewport?.scale ?? 1) > 1;
      // Not the touch itself: some browsers move it along with the finger.
      start.current = touch && !another && !isZoomed ? { x: touch.clientX, y: touch.clientY } : undefined;
    },
    onTouchEnd({ changedTouches: [end] }: TargetedTouchEvent<HTMLElement>) {
      const { current: from } = start;
      start.current = undefined;
      if (!from || !end) return;
      const [right, down] = [end.clientX - from.x, end.clientY - from.y];
      // Neither to the side nor down, if it is in between.
      if (Math.abs(right) > Math.max(swipesAt, 1.5 * Math.abs(down))) onSide(right < 0 ? 1 : -1);
      else if (down > Math.max(swipesAt, 1.5 * Math.abs(right))) onDown();
    },
  };
}
