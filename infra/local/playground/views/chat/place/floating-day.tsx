import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { OpenChat } from '../../../state/open-chat.ts';
import { useApp } from '../../context.ts';
import { dayText } from '../../day-text.ts';
import { isAtEnd, placesOf } from '../list-scroll.ts';

/** How long the day stays after the user has scrolled. */
const shownForMs = 1200;

/** Says of which day the messages are, while the user scrolls the list inside. */
export function FloatingDay({ open, children }: { open: OpenChat; children: ComponentChildren }) {
  const { texts } = useApp();
  const [day, setDay] = useState({ text: '', isShown: false });
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const onScroll = ({ target }: Event) => {
    if (!(target instanceof HTMLElement) || target.role !== 'log') return;
    clearTimeout(timer.current);
    const hide = () => setDay(({ text }) => ({ text, isShown: false }));
    // There the messages are those of today, as a rule, and the page scrolls by itself.
    const seq = isAtEnd(target) ? undefined : highestSeq(target);
    const message = open.timeline.messages.find((one) => one.seq === seq);
    if (!message) return hide();
    setDay({ text: dayText(new Date(message.createdAt), new Date().toDateString(), texts), isShown: true });
    timer.current = setTimeout(hide, shownForMs);
  };
  return (
    <>
      <div class="menus" onScrollCapture={onScroll}>
        {children}
      </div>
      <span class={`floating-day ${day.isShown ? 'shown' : ''}`} aria-hidden="true">
        {day.text}
      </span>
    </>
  );
}

/** The number of the message at the top of the list; undefined if the separator of its day is in view. */
function highestSeq(list: HTMLElement): number | undefined {
  const [highest] = placesOf(list);
  const above = list.querySelector(`[data-seq="${highest?.seq}"]`)?.previousElementSibling;
  const isSeparated =
    above?.matches('.day, .unread') && above.getBoundingClientRect().bottom > list.getBoundingClientRect().top;
  return isSeparated ? undefined : highest?.seq;
}
