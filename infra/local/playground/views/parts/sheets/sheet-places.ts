import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

interface Place {
  /** Pixels. */
  top: number;
  /** The id of what the user has pressed. */
  pressed: string | undefined;
}

/**
 * Brings the user back to where they were when they return to a part of a sheet; a part that is new to them begins at its
 * heading. Returns what hears the presses in the content, whose buttons need ids.
 */
export function usePlaces(
  part: string,
  content: RefObject<HTMLElement | null>,
  heading: RefObject<HTMLElement | null>,
): (event: Event) => void {
  const places = useRef(new Map<string, Place>());
  const shown = useRef(part);
  useLayoutEffect(() => {
    // The dialog itself has the focus of the first part.
    if (shown.current === part || !content.current) return;
    shown.current = part;
    const place = places.current.get(part);
    places.current.delete(part);
    content.current.scrollTop = place?.top ?? 0;
    const pressed = place?.pressed === undefined ? null : document.getElementById(place.pressed);
    (pressed ?? heading.current)?.focus({ preventScroll: true });
  }, [part]);
  return ({ target }) => {
    const pressed = target instanceof Element ? target.closest('[id]')?.id : undefined;
    places.current.set(part, { top: content.current?.scrollTop ?? 0, pressed });
  };
}
