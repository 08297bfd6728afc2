import type { chatEn } from '../en/chat.ts';

export const chatRu: typeof chatEn = {
  info: 'Сведения о чате',
  more: 'Ещё',
  add: 'Вложения и не только',
  photo: 'Фото или видео',
  file: 'Файл',
  youAsked: 'Вы спросили',
  askMode: 'Вопрос ассистенту',
  askHint: 'Ответ появится в чате, его увидят все.',
  question: 'Вопрос',
  sendQuestion: 'Спросить',
  cancelAsking: 'Не спрашивать (Escape)',
  noSuggestions: 'У ассистента нет подсказок для этого чата.',
  empty: 'Сообщений пока нет',
  emptyDirect: (name) => `Поздоровайтесь. Собеседник: ${name}.`,
  emptyGroup: 'Поздоровайтесь, пригласите людей или спросите ассистента.',
  sayHello: 'Поздороваться 👋',
  hello: 'Привет! 👋',
  invite: 'Пригласить',
};
