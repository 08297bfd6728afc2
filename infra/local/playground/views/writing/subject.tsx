import type { KnownQuote } from '../../client/realtime/states.ts';
import type { OpenChat } from '../../state/open-chat.ts';
import { EditingBar } from '../chat/actions/editing-bar.tsx';
import { AskingLine } from './asking-line.tsx';
import { FileTray } from './files/file-tray.tsx';
import { ReplyLine } from './reply-line.tsx';

/** What becomes of the text in the message box. */
export type Purpose = 'message' | 'question' | 'edit';

interface SubjectProps {
  /** For the description of the message box. */
  id: string;
  open: OpenChat;
  purpose: Purpose;
  replyTo: KnownQuote | undefined;
  onCancel(): void;
}

/** Above the text: what it is about, and the files that go with it. */
export function Subject({ id, open, purpose, replyTo, onCancel }: SubjectProps) {
  if (purpose === 'edit') return <EditingBar editing={open.editing} />;
  if (purpose === 'question') return <AskingLine id={id} onCancel={onCancel} />;
  return (
    <>
      {replyTo && <ReplyLine id={id} quote={replyTo} onCancel={onCancel} />}
      <FileTray open={open} />
    </>
  );
}
