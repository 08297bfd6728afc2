import type { searchEn } from './search-en.ts';

export const searchRu: typeof searchEn = {
  inChat: 'Поиск в этом чате',
  inAll: 'Поиск по чатам и сообщениям',
  close: 'Закрыть поиск (Escape)',
  keys: 'Стрелки переходят от результата к результату, Enter открывает.',
  results: 'Результаты поиска',
  searching: 'Идёт поиск…',
  messages: (count) => `Найдено сообщений: ${count}`,
  noMessages: 'Сообщений не найдено',
  searchedBackTo: (date) => `просмотрено до ${date}`,
  further: 'Искать дальше',
  noChats: 'Чата с таким названием нет',
  inMessages: 'Искать в сообщениях',
  moreInChat: 'Ещё в этом чате',
  moreChats: (count) => `Искать ещё в чатах: ${count}`,
  goesOnIn: (seconds) => `Слишком много запросов за минуту. Поиск продолжится через ${seconds} с.`,
};
