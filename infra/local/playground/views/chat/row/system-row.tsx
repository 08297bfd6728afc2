import { Mark } from '../../parts/mark.tsx';
import { ActionsButton } from '../actions/actions-button.tsx';
import { ReactionChips } from '../actions/reaction-chips.tsx';
import { MeetingLink } from './meeting-link.tsx';
import type { RowProps } from './row-props.ts';

/** What has happened in the chat, in the words of the page. A meeting can be joined from it. */
export const SystemRow = ({ message, words, reactions, marked, open, app }: RowProps) => (
  <div
    class={`system ${message.metadata?.meetUrl ? 'meeting' : ''} ${marked ? 'marked' : ''}`}
    data-seq={message.seq}
    tabIndex={-1}
  >
    <span>
      {words}
      {message.pinned && <Mark icon="pin" label={app.texts.pinned} />}
    </span>
    <MeetingLink url={message.metadata?.meetUrl} texts={app.texts} />
    <ActionsButton texts={app.texts} />
    <ReactionChips message={message} reactions={reactions} open={open} app={app} />
  </div>
);
