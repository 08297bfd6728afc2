import { describe, expect, test } from 'vitest';
import { languages } from '#shared/contract/languages.ts';
import { textsIn } from '#shared/texts/in-language.ts';
import { en } from '../../../../infra/local/playground/texts/en/index.ts';
import { fill, isolated } from '../../../../infra/local/playground/texts/fill.ts';
import { ru } from '../../../../infra/local/playground/texts/ru/index.ts';
import { systemText } from '../../../../infra/local/playground/views/message-words.ts';

/** The web client may not import the server's texts, but it says the same. */

const pages = { en, ru };
const roles = ['owner', 'admin', 'member'] as const;
const events = [
  'created',
  'joined',
  'added',
  'left',
  'removed',
  'renamed',
  'meeting',
  'picture_changed',
  'announced',
  'locked',
  'unlocked',
] as const;
const about = {
  who: 'Anna',
  members: 'Boris, Vera',
  name: 'Hills',
  role: 'admin',
  meetUrl: '',
  text: 'Hello',
} as const;

describe.each(languages)('in %s, the web client', (language) => {
  const [page, server] = [pages[language], textsIn[language]];
  const names = { actor: about.who, members: about.members, name: about.name, text: about.text };

  test.each(events)('words the event "%s" as the server does', (event) => {
    const words = server.events[event]({ ...about, members: event === 'left' ? '' : about.members });
    // The web client shows the link of a meeting as a button.
    expect(fill(page.systemMessages[event], names)).toBe(words.replace(/: $/, ''));
  });

  test('words the leaving of an owner as the server does', () => {
    expect(fill(page.systemMessages.left_to, names)).toBe(server.events.left(about));
  });

  test.each(roles)('words a change of the role to %s as the server does', (role) => {
    const words = server.events.role_changed({ ...about, role });
    expect(fill(page.systemMessages.role_changed, { ...names, role: page.roles[role] })).toBe(words);
  });

  test.each([
    { posting: 'everyone' },
    { posting: 'admins' },
    { slowModeSeconds: 0 },
    { slowModeSeconds: 90 },
    { slowModeSeconds: 300 },
    { posting: 'everyone', slowModeSeconds: 3600 },
  ] as const)('words a change to %o as the server does', (rules) => {
    const metadata = { event: 'posting_changed', ...rules } as const;
    const message = { type: 'system', userId: 'anna', userName: about.who, content: '', metadata } as const;
    const words = server.events.posting_changed({ ...about, who: isolated(about.who), ...rules });
    expect(systemText(message, page, () => undefined)).toBe(words);
  });

  test('names what a message without text has as the server does', () => {
    expect(page.files.placeholders).toEqual(server.placeholders);
  });

  test('names the assistant and deleted users as the server does', () => {
    const { assistant, deletedUser } = server;
    expect(page.people).toMatchObject({ assistant, deletedUser });
  });
});
