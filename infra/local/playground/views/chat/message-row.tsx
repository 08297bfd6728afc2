import { Component } from 'preact';
import { dayText } from '../day-text.ts';
import { Bubble } from './row/bubble.tsx';
import type { RowProps } from './row/row-props.ts';
import { SystemRow } from './row/system-row.tsx';

/** A message, with the date above the first of each day and a line above the first unread one. It renders again only if one of its properties has changed. */
export class MessageRow extends Component<RowProps> {
  override shouldComponentUpdate(next: RowProps): boolean {
    const { props } = this;
    return (Object.keys(next) as (keyof RowProps)[]).some((name) => next[name] !== props[name]);
  }

  override render(row: RowProps) {
    const { message, newDay, today, firstUnread, app } = row;
    return (
      <>
        {newDay && <div class="day">{dayText(new Date(message.createdAt), today, app.texts)}</div>}
        {firstUnread && <div class="unread">{app.texts.chat.newMessages}</div>}
        {message.type === 'system' ? <SystemRow {...row} /> : <Bubble {...row} />}
      </>
    );
  }
}
