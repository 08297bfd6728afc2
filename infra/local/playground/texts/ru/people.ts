import type { peopleEn } from '../en/people.ts';

export const peopleRu: typeof peopleEn = {
  online: 'в сети',
  onlineCount: (people) => `${people} в сети`,
  lastSeen: (when) => `был(а) в сети ${when}`,
  dayAt: (day, time) => `${day} в ${time}`,
  isTyping: ([name = '', other, ...others]) => {
    if (other === undefined) return `${name} печатает`;
    return `${name} и ${others.length > 0 ? `ещё ${others.length + 1}` : other} печатают`;
  },
  assistant: 'Ассистент',
  administration: 'Администрация',
  somebody: 'кто-то',
  deletedUser: 'Удалённый пользователь',
  you: 'Вы',
};
