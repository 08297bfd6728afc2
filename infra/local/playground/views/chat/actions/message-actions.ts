import type { Message } from '#shared/contract/chats/message.ts';
import { operatorId } from '#shared/contract/chats/operator-id.ts';
import { writtenText } from '../../../client/realtime/states.ts';
import { mayDelete, mayEdit } from '../../../state/changes/rights.ts';
import { mayWrite } from '../../../state/open/writing-rules.ts';
import type { OpenChat } from '../../../state/open-chat.ts';
import type { AppContext } from '../../context.ts';
import { askToReport } from '../../info/report-dialog.tsx';
import { copy } from '../../parts/copy.ts';
import type { Action } from '../../parts/menus/action-menu.tsx';
import { showMessageInfo } from './message-info.tsx';

/** The message that a menu was opened for. */
interface Target {
  message: Message;
  open: OpenChat;
  app: AppContext;
}

type MessageAction = Action<Target>;

const edit: MessageAction = {
  icon: 'pencil',
  label: ({ app }) => app.texts.message.edit,
  offered: ({ open, message }) => mayEdit(message, open),
  run: ({ open, message }) => open.editing.begin(message),
};

const remove: MessageAction = {
  icon: 'bin',
  isDangerous: true,
  label: ({ app }) => app.texts.delete,
  offered: ({ open, message }) => mayDelete(message, open),
  run: ({ open, app, message }) => app.attempt(() => open.deletions.delete(message)),
};

const reply: MessageAction = {
  icon: 'reply',
  label: ({ app }) => app.texts.message.reply,
  offered: ({ open, message }) => !message.deletedAt && mayWrite(open),
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
  label: ({ app }) => app.texts.message.copyText,
  offered: ({ message }) => message.type !== 'system' && writtenText(message) !== '',
  run: async ({ app, message }) => (await copy(message.content)) && app.notify((texts) => texts.message.textCopied),
};

const info: MessageAction = {
  icon: 'info',
  label: ({ app }) => app.texts.chat.messageInfo,
  offered: ({ open, message }) => {
    const isMine = message.userId === open.userId && message.type === 'text';
    return (isMine && open.chat.type === 'group') || (message.reactions ?? []).length > 0;
  },
  run: showMessageInfo,
};

const report: MessageAction = {
  icon: 'flag',
  isDangerous: true,
  label: ({ app }) => app.texts.info.report,
  offered: ({ open, message: { type, userId, deletedAt } }) =>
    type !== 'system' && userId !== open.userId && userId !== operatorId && !deletedAt,
  run: askToReport,
};

/** In the order of the menu. */
export const messageActions: readonly MessageAction[] = [reply, copyText, edit, pin, info, report, remove];
