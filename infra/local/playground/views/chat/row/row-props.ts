import type { OpenChat } from '../../../state/open-chat.ts';
import type { AppContext } from '../../context.ts';
import type { ShownMessage } from '../shown-messages.ts';

export interface RowProps extends ShownMessage {
  /** Whether the user has just jumped to it. */
  marked: boolean;
  open: OpenChat;
  app: AppContext;
  onMeet(): unknown;
  onJump(seq: number): unknown;
}
