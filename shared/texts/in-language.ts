import { type Language, languages } from '#shared/contract/languages.ts';
import { settings } from '#shared/platform/settings.ts';
import { en } from './en.ts';
import { ru } from './ru.ts';
import type { Texts } from './texts.ts';

export const textsIn: Record<Language, Texts> = { en, ru };

/** The texts in the language of the stage. They are made when they are read, so a change of the setting changes old ones too. */
export const texts = (): Texts => textsIn[settings.language()];

/** Countries in which a service writes in Russian rather than in English. */
const russianCountries = new Set(['RU', 'BY', 'KZ', 'KG', 'TJ', 'UZ', 'AM']);

/** The texts for the owner of a phone, by the ISO code of its country; of most countries in the language of the stage. */
export const textsForCountry = (country: string): Texts => (russianCountries.has(country) ? ru : texts());

/** The language of a device's locale, such as "ru_RU"; for one that we don't have, that of the stage. */
export const languageOf = (locale = ''): Language =>
  languages.find((known) => new RegExp(`^${known}\\b|^${known}_`, 'i').test(locale)) ?? settings.language();

/** The texts in the language of somebody's words. A word of English does not make a Russian sentence English. */
export function textsInLanguageOf(words: string): Texts {
  if (/\p{Script=Cyrillic}/u.test(words)) return ru;
  return /\p{Script=Latin}/u.test(words) ? en : texts();
}
