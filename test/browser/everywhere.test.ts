import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { findChromium } from './chromium.ts';
import { findFaults } from './layout-faults.ts';
import { type Person, useScene } from './scene.ts';

/** Each screen of the web client at three sizes, in both themes and both languages. */

const sizes = [
  { width: 320, height: 640 },
  { width: 768, height: 1024 },
  { width: 1280, height: 800 },
];
const themes = ['light', 'dark'] as const;
const languages = ['en', 'ru'] as const;

/** The sheets, by their names in the address, with what each has when it is loaded. */
const panels = {
  info: '.member button',
  'info/members': '.member button',
  'info/add': '.info-find',
  'info/invite': '.invite-link',
  settings: '.me',
  'settings/profile': '.portrait',
  'settings/account': '.sheet-row',
  'settings/notifications': 'fieldset',
  'settings/privacy': 'fieldset',
  'settings/devices': 'div.sheet-row',
  'settings/appearance': 'fieldset',
  'settings/data': '.sheet-row',
  shortcuts: 'kbd',
};

describe.skipIf(!findChromium())('every screen at every size, in both themes and languages', () => {
  const scene = useScene();
  let anna: Person;
  let chat: string;

  beforeAll(async () => {
    anna = await scene.newPerson('Anna-Maria von der Heide-Lindenberg');
    const boris = await scene.newPerson('Борис');
    const name = 'A walk around the lake, with everybody who has time on Sunday';
    const chatId = await scene.newGroup(name, anna, boris);
    await scene.newDirect(anna, boris);
    chat = `#chat=${chatId}`;
    const { message } = await scene.say(boris, chatId, `Long${'-and-longer'.repeat(20)}`);
    await scene.say(anna, chatId, 'Here: https://example.com/a/very/long/address/that/nobody/could/ever/read/aloud');
    const reply = { content: 'A reply, with a few words more than one line has on a phone', replyToId: message.id };
    await scene.post(`/chats/${chatId}/messages`, anna, reply);
    await scene.post(`/chats/${chatId}/pins/${message.id}`, anna, undefined, 'PUT');
    await scene.post(
      `/chats/${chatId}/messages/${message.id}/reactions/${encodeURIComponent('👍')}`,
      anna,
      undefined,
      'PUT',
    );
  });

  interface Screen {
    name: string;
    address: string;
    /** What the screen has when it is complete. */
    shows: string;
    signedOut?: boolean;
  }

  const screens: Screen[] = [
    { name: 'signing in', address: '#', shows: 'form', signedOut: true },
    { name: 'the list', address: '#', shows: '.chats a' },
    { name: 'a chat', address: 'chat', shows: '.messages .quote' },
    ...Object.entries(panels).map(([panel, part]) => ({
      name: `the sheet ${panel}`,
      address: `panel=${panel}`,
      shows: `.sheet ${part}`,
    })),
  ];

  /** Each language loads the page once, and is the browser's own. */
  const pages = new Map<string, Promise<Page>>();
  const pageIn = (language: string, person?: Person): Promise<Page> => {
    const key = `${language} ${person?.user.id}`;
    const opened = pages.get(key) ?? scene.visit(person, { locale: language }).then(({ page }) => page);
    pages.set(key, opened);
    return opened;
  };
  beforeAll(async () => {
    for (const language of languages) await Promise.all([pageIn(language), pageIn(language, anna)]);
  });

  test.each(languages.flatMap((language) => screens.map((screen) => ({ language, ...screen }))))(
    '$name, in "$language"',
    async ({ language, address, shows, signedOut }) => {
      const page = await pageIn(language, signedOut ? undefined : anna);
      const hash = address.startsWith('#') ? address : address === 'chat' ? chat : `${chat}&${address}`;
      await page.evaluate(`location.hash = ${JSON.stringify(hash)}`);
      const faults: string[] = [];
      for (const [n, size] of sizes.entries()) {
        // Each size has each theme in one of the languages.
        const colorScheme = themes[(n + languages.indexOf(language)) % 2] ?? 'light';
        await page.setViewportSize(size);
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await page.locator(shows).first().waitFor();
        for (const fault of await findFaults(page)) faults.push(`${size.width} px, ${colorScheme}: ${fault}`);
      }
      expect(faults).toEqual([]);
    },
  );
});
