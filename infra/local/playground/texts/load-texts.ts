import type { Language } from '../views/preferences.ts';
import type { Texts } from './en/index.ts';

const loaders: Record<Language, () => Promise<Texts>> = {
  en: async () => (await import('./en/index.ts')).en,
  ru: async () => (await import('./ru/index.ts')).ru,
};

export const languages = ['en', 'ru'] as const;

/** The texts in a language, which are a script of their own: nobody waits for those that they do not read. */
export const loadTexts = (language: Language): Promise<Texts> => loaders[language]();
