import type { Texts } from './texts.ts';
import { writingRules } from './writing-rules.ts';

const newRole = {
  owner: 'передаёт группу. Новый владелец',
  admin: 'назначает администратора',
  member: 'снимает права администратора. Участник',
};

const writing = {
  everyone: 'писать могут все',
  admins: 'писать могут только администраторы',
  slowOff: 'без медленного режима',
  slow: (time: string) => `медленный режим ${time}`,
  units: { hours: 'ч', minutes: 'мин', seconds: 'с' },
};

/**
 * Names stay in the nominative case, behind a colon where a verb would decline them. Verbs are in the present tense, because
 * in the past tense they have a gender.
 */
export const ru: Texts = {
  assistant: 'Ассистент',
  operator: 'Администрация',
  deletedUser: 'Удалённый пользователь',
  nameless: (id) => `Пользователь ${id}`,
  messageDeleted: 'Сообщение удалено',
  unknownDevice: 'Неизвестное устройство',
  linkRemoved: '[ссылка удалена]',
  codeMessage: (code) => `Код: ${code}. Действует 5 минут. Никому его не сообщайте.`,
  placeholders: { photo: 'Фото', video: 'Видео', voice: 'Голосовое сообщение', audio: 'Аудио', file: 'Файл' },
  events: {
    created: ({ who }) => `Создатель группы: ${who}`,
    joined: ({ who }) => `${who} теперь в группе`,
    added: ({ who, members }) => `${who} добавляет в группу: ${members}`,
    left: ({ who, members }) =>
      members ? `${who} выходит из группы. Новый владелец: ${members}` : `${who} выходит из чата`,
    removed: ({ who, members }) => `${who} исключает из группы: ${members}`,
    renamed: ({ who, name }) => `${who} меняет название группы на «${name}»`,
    role_changed: ({ who, members, role }) => `${who} ${newRole[role]}: ${members}`,
    posting_changed: ({ who, ...rules }) => `${who} меняет настройки группы: ${writingRules(rules, writing)}`,
    picture_changed: ({ who }) => `${who} меняет фото группы`,
    meeting: ({ who, meetUrl }) => `${who} начинает встречу: ${meetUrl}`,
    announced: ({ text }) => text,
    locked: ({ who }) => `${who} закрывает чат для сообщений`,
    unlocked: ({ who }) => `${who} открывает чат для сообщений`,
  },
};
