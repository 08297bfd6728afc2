import type { Message } from '#shared/contract/chats/message.ts';
import { mayDelete, mayEdit } from '../../../state/changes/rights.ts';
import type { OpenChat } from '../../../state/open-chat.ts';
import type { AppContext } from '../../context.ts';
import { copy } from '../../parts/copy.ts';
import type { IconName } from '../../parts/icon.tsx';

/** The message that a menu was opened for. */
export interface Target {
  message: Message;
  open: OpenChat;
  app: AppContext;
}

/** Something that a user can do with a message. */
export interface MessageAction {
  icon: IconName;
  label(target: Target): string;
  /** Whether the menu of this message has it. The server has the last word. */
  offered(target: Target): boolean;
  run(target: Target): unknown;
}

const edit: MessageAction = {
  icon: 'pencil',
  label: ({ app }) => app.texts.edit,
  offered: ({ open, message }) => mayEdit(message, open),
  run: ({ open, message }) => open.editing.begin(message),
};

const remove: MessageAction = {
  icon: 'bin',
  label: ({ app }) => app.texts.delete,
  offered: ({ open, message }) => mayDelete(message, open),
  run: ({ open, app, message }) => app.attempt(() => open.deletions.delete(message)),
};

const reply: MessageAction = {
  icon: 'reply',
  label: ({ app }) => app.texts.reply,
  offered: ({ message }) => !message.deletedAt,
  run: ({ open, message }) => open.reply(message),
};

const pin: MessageAction = {
  icon: 'pin',
  label: ({ app, message }) => (message.pinned ? app.texts.unpin : app.texts.pin),
  offered: ({ open, message }) => !message.deletedAt && open.members.canPin(open.chat),
  run: ({ open, app, message }) => app.attempt(() => open.pins.set(message, !message.pinned)),
};

/** Fingers can't select a part of the text: resting on it opens the menu. */
const copyText: MessageAction = {
  icon: 'copy',
  label: ({ app }) => app.texts.copyText,
  offered: ({ message }) => message.type !== 'system',
  run: async ({ app, message }) => (await copy(message.content)) && app.notify((texts) => texts.textCopied),
};

/** In the order of the menu. */
export const messageActions: readonly MessageAction[] = [reply, copyText, edit, pin, remove];
