import type { messageEn } from '../en/message.ts';

export const messageRu: typeof messageEn = {
  reply: 'Ответить',
  toQuoted: 'К сообщению из цитаты',
  edit: 'Изменить',
  copyText: 'Скопировать текст',
  textCopied: 'Текст скопирован.',
  actions: 'Действия',
  actionsOn: (author) => `Сообщение, автор: ${author}`,
  moreEmojis: 'Другие эмодзи',
  andOthers: (count) => `и ещё ${count}`,
  edited: 'изменено',
  messageDeleted: 'Сообщение удалено',
  deletedByAdmin: 'Удалено администратором',
  deletedByOperator: 'Удалено администрацией',
  undo: 'Отменить',
};
