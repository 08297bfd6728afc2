import type { Texts } from '../en/index.ts';

export const systemMessages: Texts['systemMessages'] = {
  created: 'Создатель группы: {actor}',
  joined: '{actor} теперь в группе',
  added: '{actor} добавляет в группу: {members}',
  left: '{actor} выходит из чата',
  left_to: '{actor} выходит из группы. Новый владелец: {members}',
  removed: '{actor} исключает из группы: {members}',
  renamed: '{actor} меняет название группы на «{name}»',
  role_changed: '{actor} {role}: {members}',
  posting_changed: '{actor} меняет настройки группы: {rules}',
  picture_changed: '{actor} меняет фото группы',
  meeting: '{actor} начинает встречу',
  announced: '{text}',
  locked: '{actor} закрывает чат для сообщений',
  unlocked: '{actor} открывает чат для сообщений',
};

export const roles: Texts['roles'] = {
  owner: 'передаёт группу. Новый владелец',
  admin: 'назначает администратора',
  member: 'снимает права администратора. Участник',
};

export const writing: Texts['writing'] = {
  everyone: 'писать могут все',
  admins: 'писать могут только администраторы',
  slow_off: 'без медленного режима',
  slow_hours: 'медленный режим {count} ч',
  slow_minutes: 'медленный режим {count} мин',
  slow_seconds: 'медленный режим {count} с',
};
