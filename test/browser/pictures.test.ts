import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { openai } from '../support/stand-ins/openai.ts';
import { desktop, expectAccessible, findChromium, phone } from './chromium.ts';
import { chatLink, connected, log, useScene } from './scene.ts';

/** The scenes of the screenshots in the documentation. To take them again: SCREENSHOTS=1 npm run test:browser */

/** High enough to show the whole conversation. */
const desk = { width: desktop.width, height: 900 };

const images = join(import.meta.dirname, '../../docs/images');

async function picture(page: Page, name: string): Promise<void> {
  // Moves the pointer away from anything with a hover style.
  await page.mouse.move(desktop.width / 2, 300);
  await page.evaluate('document.activeElement.blur()');
  if (process.env.SCREENSHOTS) await page.screenshot({ path: join(images, `${name}.png`) });
}

const stories = {
  en: {
    locale: 'en-US',
    suffix: '',
    people: ['Anna', 'Boris', 'Vera'],
    groups: ['Weekend', 'Running club'],
    before: ['Hills or lake?', 'Lake! I bring the tent and a guitar.'],
    question: 'What do two people need for a night at a lake?',
    answer:
      'Beside the tent: two sleeping bags and mats, a lamp, and something warm for the evening. Shall we go through the list together?',
    after: ['See you on Saturday at nine!', 'At the station. I bring the coffee'],
    elsewhere: ['Did you find my umbrella?', 'It must be under your desk'],
    running: 'Sunday, ten kilometres, slowly',
  },
  ru: {
    locale: 'ru-RU',
    suffix: '.ru',
    people: ['Анна', 'Борис', 'Вера'],
    groups: ['Выходные', 'Клуб бегунов'],
    before: ['Горы или озеро?', 'Озеро! Возьму палатку и гитару.'],
    question: 'Что взять вдвоём на ночь у озера?',
    answer: 'Кроме палатки: два спальника и коврика, фонарь и что-нибудь тёплое на вечер. Пройдёмся по списку вместе?',
    after: ['До субботы, в девять!', 'На станции. Кофе с меня'],
    elsewhere: ['Ты не видела мой зонт?', 'Он, наверное, у тебя под столом'],
    running: 'В воскресенье десять километров, не спеша',
  },
};

describe.skipIf(!findChromium())('the screenshots', () => {
  const scene = useScene();

  test.each(['en', 'ru'] as const)('show the chat in %s on a desktop and a phone', async (language) => {
    const { locale, suffix, people, groups, before, question, answer, after, elsewhere, running } = stories[language];
    const [anna, boris, vera] = await Promise.all(people.map((name) => scene.newPerson(name)));
    if (!anna || !boris || !vera) throw new Error('A story needs three people.');
    const club = await scene.newGroup(groups[1] ?? '', vera, anna);
    await scene.say(vera, club, running);
    await scene.post(`/chats/${club}/read`, anna, { seq: 2 });
    const direct = await scene.newDirect(vera, anna);
    const chatId = await scene.newGroup(groups[0] ?? '', anna, boris);
    for (const [n, text] of before.entries()) await scene.say(n % 2 ? anna : boris, chatId, text);
    const reply = JSON.stringify({ reply: answer });
    openai.behave({ pieces: [answer], tool: { name: 'suggest_meeting', arguments: reply } });
    await scene.post('/ai/ask', anna, { chatId, question });
    await scene.post('/auth/gmail/token', anna, { token: '4/playground' });
    await scene.post('/google/meet/create', anna, { chatId });
    for (const [n, text] of after.entries()) await scene.say(n % 2 ? anna : boris, chatId, text);
    for (const text of elsewhere) await scene.say(vera, direct, text);

    const onDesk = await scene.visit(anna, { locale, viewport: desk, colorScheme: 'light' });
    const onPhone = await scene.visit(boris, { locale, viewport: phone, colorScheme: 'dark', hasTouch: true });
    for (const { page } of [onDesk, onPhone]) {
      await chatLink(page, groups[0] ?? '').click();
      await connected(page).waitFor();
      await log(page).getByText(answer).waitFor();
      await expectAccessible(page);
    }
    // It opened at the first unread message.
    await log(onPhone.page).press('End');
    await log(onDesk.page)
      .getByText(language === 'ru' ? 'Прочитано' : 'Read', { exact: true })
      .last()
      .waitFor();
    await chatLink(onDesk.page, people[2] ?? '')
      .getByRole('img')
      .waitFor();
    await picture(onDesk.page, `chat${suffix}`);
    await picture(onPhone.page, `chat-phone${suffix}`);
    if (language === 'en') return;
    const words = await onDesk.page.locator('body').innerText();
    expect(words.match(/[A-Za-z]+/g) ?? []).toEqual([]);
  });
});
