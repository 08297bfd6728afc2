import type { entryEn } from '../en/sign-in.ts';

export const entryRu: typeof entryEn = {
  welcome: {
    signIn: 'С возвращением! Войдите в свои чаты.',
    signUp: 'Создайте учётную запись и начните общаться.',
  },
  isNew: 'Ещё нет учётной записи?',
  isKnown: 'Уже есть учётная запись?',
  way: 'Способ входа',
  showPassword: 'Показать пароль',
  passwordHint: 'Не меньше 8 символов.',
  phoneHint: 'Пришлём код в SMS. Если номер новый, создадим учётную запись.',
  codeSentTo: (phone) => `Код отправлен на номер ${phone}.`,
  changePhone: 'Изменить номер',
  sendAgain: 'Отправить код ещё раз',
  sendAgainIn: (seconds) => `Отправить ещё раз через ${seconds} с`,
  tryIt: 'Хотите просто посмотреть?',
  demoHas: 'Там уже есть чаты с Анной и Борисом.',
  secondPersonTitle: 'Как писать за собеседника',
  docs: 'Для разработчиков',
};
