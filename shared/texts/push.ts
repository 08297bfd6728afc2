import type { Language } from '#shared/contract/languages.ts';

/** What push notifications say, in a file of its own because only one function needs it. */
export interface PushTexts {
  newMessage: string;
  /** For several messages. */
  newMessages: (count: number) => string;
  /** `who` did this to the reader. */
  added: (who: string) => string;
  removed: (who: string) => string;
  madeAdmin: (who: string) => string;
  madeOwner: (who: string) => string;
}

const plural = new Intl.PluralRules('ru');
const newMessages: Record<Intl.LDMLPluralRule, string> = {
  zero: 'новых сообщений',
  one: 'новое сообщение',
  two: 'новых сообщения',
  few: 'новых сообщения',
  many: 'новых сообщений',
  other: 'новых сообщений',
};

/** Present tense throughout: in the past tense, Russian verbs show gender. */
export const pushTexts: Record<Language, PushTexts> = {
  en: {
    newMessage: 'New message',
    newMessages: (count) => `${count} new messages`,
    added: (who) => `${who} added you to the group`,
    removed: (who) => `${who} removed you from the group`,
    madeAdmin: (who) => `${who} made you an admin`,
    madeOwner: (who) => `${who} made you the owner`,
  },
  ru: {
    newMessage: 'Новое сообщение',
    newMessages: (count) => `${count} ${newMessages[plural.select(count)]}`,
    added: (who) => `${who} добавляет вас в группу`,
    removed: (who) => `${who} исключает вас из группы`,
    madeAdmin: (who) => `${who} назначает вас администратором`,
    madeOwner: (who) => `${who} передаёт вам группу`,
  },
};
