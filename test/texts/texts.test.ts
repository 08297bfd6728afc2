import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { codeLifetime } from '#shared/accounts/one-time-codes.ts';
import { groupName, personName } from '#shared/contract/fields/name.ts';
import { type Language, languages } from '#shared/contract/languages.ts';
import { texts, textsForCountry, textsIn, textsInLanguageOf } from '#shared/texts/in-language.ts';
import { systemText } from '#shared/texts/system-text.ts';
import type { About } from '#shared/texts/texts.ts';

const deployPages = ['deploy.md', 'deploy.ru.md'].map((name) =>
  readFileSync(join(import.meta.dirname, '../../docs', name), 'utf8'),
);

const setLanguage = (language: Language) => {
  process.env.STAGE_LANGUAGE = language;
};
afterEach(() => setLanguage('en'));

const url = 'https://meet.google.com/abc-mnop-xyz';
const roles = ['owner', 'admin', 'member'] as const;
const rules = [
  { posting: 'everyone' },
  { slowModeSeconds: 0 },
  { slowModeSeconds: 90 },
  { slowModeSeconds: 300 },
  { slowModeSeconds: 3600 },
  { posting: 'admins', slowModeSeconds: 0 },
] as const;

/** Everything that a language says about 1, 2, 3 and 4, by what it says. */
function allTexts(language: Language): Record<string, string> {
  const { nameless, codeMessage, events, placeholders, ...plain } = textsIn[language];
  const text = { en: 'Announcement 5', ru: 'Объявление 5' }[language];
  const about: About = { who: '1', members: '2', name: '3', meetUrl: '4', text, role: 'admin', posting: 'admins' };
  const said = Object.entries(events).map(([event, words]) => [event, words(about)]);
  const toRoles = roles.map((role) => [`role_changed to ${role}`, events.role_changed({ ...about, role })]);
  const toRules = rules.map((rule) => [
    `posting_changed to ${Object.values(rule)}`,
    events.posting_changed({ ...about, posting: undefined, ...rule }),
  ]);
  const alone = ['left, with nobody after', events.left({ ...about, members: '' })];
  return {
    ...plain,
    ...placeholders,
    nameless: nameless('1'),
    codeMessage: codeMessage('123456'),
    ...Object.fromEntries([...said, ...toRoles, ...toRules, alone]),
  };
}

/** Which of the numbers each event must mention. */
const mentioned: Record<keyof (typeof textsIn)['en']['events'], string> = {
  created: '1',
  joined: '1',
  added: '12',
  left: '12',
  removed: '12',
  renamed: '13',
  role_changed: '12',
  posting_changed: '1',
  picture_changed: '1',
  announced: '5',
  locked: '1',
  unlocked: '1',
  meeting: '14',
};

describe.each(languages)('the texts in %s', (language) => {
  const all = allTexts(language);
  const [own, other] = language === 'ru' ? [/[а-яё]/i, /[a-z]/i] : [/[a-z]/i, /[а-яё]/i];

  test.each(Object.entries(all))('%s: %s', (_name, text) => {
    expect(text).toMatch(own);
    expect(text).not.toMatch(other);
    expect(text.trim()).toBe(text);
    // A verb in the past tense would have to agree with the gender of its subject.
    expect(text.replace('Файл', '')).not.toMatch(/\([а-я]+\)|[а-яё](?:л|ла|лся|лась)(?![а-яё])/i);
  });

  test.each(Object.entries(mentioned))('"%s" mentions what a reader must know, in order', (event, numbers) => {
    expect(all[event]?.replaceAll(/[^1-5]/g, '')).toBe(numbers);
  });

  test('say something else about each role, and about an owner who leaves', () => {
    expect(new Set(roles.map((role) => all[`role_changed to ${role}`])).size).toBe(3);
    expect(all['left, with nobody after']).toMatch(/^1\D+$/);
  });

  test('are those that an operator registers for text messages', () => {
    for (const page of deployPages) expect(page).toContain(`| ${textsIn[language].codeMessage('123456')} |`);
  });

  test('fit a code into one segment of a text message, and say how long it is valid', () => {
    const { codeMessage } = textsIn[language];
    const text = codeMessage('123456');
    // One segment has 160 characters of GSM 03.38's alphabet, of which these are a part, or 70 UTF-16 units.
    const isGsm = /^[A-Za-z0-9 .,:'!?-]*$/.test(text);
    expect(text.length).toBeLessThanOrEqual(isGsm ? 160 : 70);
    expect(text).toContain('123456');
    expect(text).toMatch(new RegExp(`\\b${codeLifetime / 60} (minutes|минут)`));
  });

  test('contain the names that nobody may take', () => {
    const { assistant, operator, deletedUser } = textsIn[language];
    for (const name of [assistant, operator, deletedUser, deletedUser.toUpperCase()])
      expect(personName.safeParse(name).success, name).toBe(false);
  });
});

describe('the language', () => {
  test('is that of the stage', () => {
    expect(texts()).toBe(textsIn.en);
    setLanguage('ru');
    expect(texts()).toBe(textsIn.ru);
  });

  test('of a text message is that of the phone’s country, or else of the stage', () => {
    expect(['RU', 'KZ', 'UZ'].map(textsForCountry)).toEqual([textsIn.ru, textsIn.ru, textsIn.ru]);
    expect(textsForCountry('GB')).toBe(textsIn.en);
    setLanguage('ru');
    expect(textsForCountry('DE')).toBe(textsIn.ru);
  });

  test('of an answer is that of the question, or else of the stage', () => {
    expect(textsInLanguageOf('Что такое OpenAI?')).toBe(textsIn.ru);
    expect(textsInLanguageOf('2 + 2?')).toBe(textsIn.en);
    setLanguage('ru');
    expect(textsInLanguageOf('2 + 2?')).toBe(textsIn.ru);
    expect(textsInLanguageOf('What is it?')).toBe(textsIn.en);
  });
});

describe('a system message', () => {
  test('has names that cannot end their isolation', () => {
    for (const name of [personName, groupName]) expect(name.safeParse('Anna\u2069').success).toBe(false);
  });

  test('isolates each name, so that none turns the words around it', () => {
    const happened = { who: 'משה (אבא)', members: ['Boris', 'أمل'], meetUrl: url };
    expect(systemText({ event: 'added', ...happened })).toBe(
      '\u2068משה (אבא)\u2069 added \u2068Boris\u2069, \u2068أمل\u2069',
    );
    expect(systemText({ event: 'renamed', ...happened, name: 'שבת' })).toBe(
      '\u2068משה (אבא)\u2069 renamed the group to “\u2068שבת\u2069”',
    );
    expect(systemText({ event: 'meeting', ...happened })).toBe(`\u2068משה (אבא)\u2069 opened a meeting: ${url}`);
    expect(systemText({ event: 'left', who: 'Anna', members: [] })).toBe('\u2068Anna\u2069 left');
  });
});
