import type { OpenChat } from '../../state/open-chat.ts';
import type { AppContext } from '../context.ts';
import { MessageRow } from './message-row.tsx';
import { shownMessages } from './shown-messages.ts';
import { UpcomingRows } from './upcoming-rows.tsx';

interface RowsProps {
  open: OpenChat;
  app: AppContext;
  /** The number of the message to which the user has just jumped. */
  marked: number | undefined;
  onMeet(): unknown;
  onJump(seq: number): unknown;
}

/** The messages of a chat, oldest first, and after the newest one what will become messages. */
export function MessageRows({ marked, ...row }: RowsProps) {
  const { open, app, onJump } = row;
  const { session, texts } = app;
  return (
    <>
      {shownMessages(open, session.user?.id ?? '', texts).map((shown) => (
        <MessageRow key={shown.message.seq} {...shown} {...row} marked={shown.message.seq === marked} />
      ))}
      {!open.timeline.isPast && <UpcomingRows open={open} texts={texts} onJump={onJump} />}
    </>
  );
}
