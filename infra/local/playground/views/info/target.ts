import type { ChatStore } from '../../state/chat-store.ts';
import type { OpenChat } from '../../state/open-chat.ts';

/** The open chat as its sheet shows it, with what the sheet can do to the chat behind it. */
export interface Info {
  open: OpenChat;
  store: ChatStore;
  onMeet(): unknown;
  onSearch(): void;
  onJump(seq: number): unknown;
}
