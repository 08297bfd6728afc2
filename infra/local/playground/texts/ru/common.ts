import { datesIn } from '../dates.ts';
import { durationIn } from '../duration.ts';
import type { commonEn } from '../en/common.ts';

export const commonRu: typeof commonEn = {
  ...datesIn('ru', '2-digit'),
  title: 'Групповой чат',
  chats: 'Чаты',
  loading: 'Загрузка…',
  cancel: 'Отмена',
  create: 'Создать',
  save: 'Сохранить',
  back: 'К списку чатов',
  backTo: 'Назад',
  done: 'Готово',
  pin: 'Закрепить',
  unpin: 'Открепить',
  pinned: 'Закреплено',
  close: 'Закрыть',
  retry: 'Повторить',
  delete: 'Удалить',
  duration: durationIn('ru'),
  noAnswer: 'Сервер не отвечает. Запущен ли npm start?',
  pageFault: 'На странице произошла ошибка. Обновите её.',
};
