import type { searchEn } from '../en/search.ts';
import { plural } from './plural.ts';

export const searchRu: typeof searchEn = {
  inChat: 'Поиск в этом чате',
  inAll: 'Поиск по чатам и сообщениям',
  author: 'Автор',
  anybody: 'Все',
  close: 'Закрыть поиск (Escape)',
  keys: 'Стрелки — выбрать результат, Enter — открыть.',
  results: 'Результаты поиска',
  searching: 'Идёт поиск…',
  messages: (count) => `Найдено сообщений: ${count}`,
  noMessages: 'Сообщений не найдено',
  searchedBackTo: (date) => `просмотрены сообщения с ${date}`,
  further: 'Искать в более ранних сообщениях',
  noChats: 'Чата с таким названием нет',
  inMessages: 'Искать в сообщениях',
  moreInChat: 'Ещё в этом чате',
  moreChats: (count) => `Искать ещё в ${plural(count, 'чате', 'чатах', 'чатах')}`,
  goesOnIn: (seconds) => `Слишком много запросов за минуту. Поиск продолжится через ${seconds} с.`,
};
