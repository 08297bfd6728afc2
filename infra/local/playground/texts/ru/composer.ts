import type { composerEn } from '../en/composer.ts';
import { everyoneIn } from '../everyone.ts';
import { plural } from './plural.ts';

export const composerRu: typeof composerEn = {
  replyingTo: (name) => `В ответ: ${name}`,
  cancelReply: 'Отменить ответ (Escape)',
  everyone: everyoneIn.ru,
  allParticipants: 'Все участники',
  members: 'Кого упомянуть',
  found: (count) => `Найдено: ${plural(count, 'участник', 'участника', 'участников')}`,
  write: 'Сообщение',
  send: 'Отправить',
  tooLong: (length, max) => `Слишком длинно: ${length.toLocaleString('ru')} из ${max.toLocaleString('ru')} символов.`,
  ask: 'Спросить ассистента',
  suggest: 'Подсказать ответ',
  hideSuggestions: 'Скрыть подсказки',
  onlyAdminsWrite: 'Писать здесь могут только администраторы.',
  slowModeOn: (pause) => `Медленный режим. Пауза между вашими сообщениями: ${pause}.`,
  nextMessageIn: (clock) => `Сообщение отправится через ${clock}.`,
  editing: 'Редактирование',
  cancelEditing: 'Отменить редактирование',
  editedMeanwhile: 'Пока вы редактировали, сообщение изменили в другом месте. Если сохранить, останется ваш текст.',
};
