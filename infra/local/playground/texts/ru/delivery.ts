import type { deliveryEn } from '../en/delivery.ts';
import { plural } from './plural.ts';

export const deliveryRu: typeof deliveryEn = {
  unsent: (content) => `Ещё не отправлено: ${content}`,
  sending: 'Отправляется',
  waiting: 'Ждёт отправки',
  failed: (why) => `Не отправлено. ${why}`,
  droppedUnsent: (messages) =>
    `${plural(messages, 'неотправленное сообщение удалено', 'неотправленных сообщения удалены', 'неотправленных сообщений удалено')}: вы больше не участник чата.`,
  sent: 'Отправлено',
  read: 'Прочитано',
};
