import { describe, expect, test } from 'vitest';
import { findChromium } from './chromium.ts';
import { signUp, startChat } from './entry.ts';
import { answer, button, chatLink, log, useScene } from './scene.ts';

/** The words and forms of the web client with what the server itself answers. */

describe.skipIf(!findChromium())('the web client and the server', () => {
  const scene = useScene();
  const plain = (text: string) => text.replace(/[\u2068\u2069]/g, '');

  test('the server’s rules are worded below the fields', async () => {
    const { page } = await scene.visit(undefined, { locale: 'ru-RU' });
    await button(page, 'Создать учётную запись').click();
    await page.getByLabel('Почта').fill('anna@example.com');
    await page.getByLabel('Пароль', { exact: true }).fill('short');
    await page.getByLabel('Имя').fill('Assistant');
    await button(page, 'Создать учётную запись').click();
    await page.getByText('Слишком коротко. Минимальная длина: 8.').waitFor();
    await page.getByText('Это имя использует само приложение. Выберите другое.').waitFor();
    await button(page, 'Телефон').click();
    await page.getByLabel('Телефон').fill('13');
    await button(page, 'Получить код').click();
    await page.getByText('Введите телефон в виде +79991234567.').waitFor();
  });

  test('an email is read as the server reads it, in the form and in the dialog', async () => {
    const { page } = await scene.visit();
    await signUp(page, { email: 'анна@example.com', name: 'Vera' });
    await page.getByText('Use only Latin letters, digits').waitFor();
    await page.getByLabel('Email').fill(` <${crypto.randomUUID()}@example.com>`);
    await button(page, 'Create an account').click();
    await page.getByText('No chats yet').waitFor();
    await startChat(page, 'Direct chat');
    const { email } = (await scene.get('/users/me', await scene.newPerson('Boris'))).user;
    await answer(page, 'Email or phone of the other person', email.replace('@', '＠'));
    await page.getByRole('heading', { name: 'Boris', level: 2 }).waitFor();
  });

  test('a repeated creation of a group creates one', async () => {
    const person = await scene.newPerson('Anna');
    const { page, network } = await scene.visit(person);
    await page.getByText('No chats yet').waitFor();
    await startChat(page, 'New group');
    network.loseAnswers();
    await answer(page, 'Group name', 'Lake');
    const count = async () => (await scene.get('/chats', person)).chats.length;
    await expect.poll(count).toBe(1);
    network.cut();
    await page.getByRole('alert').getByText('The server is not responding.').first().waitFor();
    network.restore();
    await answer(page, 'Group name', 'Lake');
    await page.getByRole('heading', { name: 'Lake', level: 2 }).waitFor();
    await expect.poll(count).toBe(1);
  });

  test('the list words authors, events and deleted users, and counts no own messages', async () => {
    const [anna, boris, vera] = [
      await scene.newPerson('Anna'),
      await scene.newPerson('Boris'),
      await scene.newPerson('Vera'),
    ];
    const groups = {
      Lake: await scene.newGroup('Lake', anna, boris),
      Hills: await scene.newGroup('Hills', anna, boris, vera),
    };
    await scene.newGroup('Forest', anna);
    const direct = await scene.newDirect(vera, anna);
    await scene.say(boris, groups.Lake, 'Who brings the tent?');
    await scene.say(anna, groups.Lake, 'I do');
    await scene.say(vera, direct, 'Bye');
    await scene.post(`/groups/${groups.Hills}/members/${vera.user.id}`, anna, {}, 'DELETE');
    await scene.post('/users/me', vera, { password: 'correct horse' }, 'DELETE');
    const { page } = await scene.visit(anna, { locale: 'ru-RU' });
    await chatLink(page, 'Lake').waitFor();
    const all = async (part: string) => (await page.locator(`.chats ${part}`).allInnerTexts()).map(plain);
    const lines = async () => {
      const newest = await all('small');
      return (await all('strong')).map((name, n) => `${name}\n${newest[n]}`);
    };
    await expect
      .poll(lines)
      .toEqual([
        'Удалённый пользователь\nУдалённый пользователь выходит из чата',
        'Hills\nAnna исключает из группы: Удалённый пользователь',
        'Lake\nВы: I do',
        'Forest\nСоздатель группы: Anna',
      ]);
    await chatLink(page, 'Lake').getByRole('img', { name: '1 непрочитанное сообщение' }).waitFor();
    await expect.poll(() => chatLink(page, 'Hills').getByRole('img').count()).toBe(0);
    await chatLink(page, 'Hills').click();
    await log(page).getByText('исключает').waitFor();
    expect((await log(page).locator('.system').allInnerTexts()).map(plain)).toEqual([
      'Создатель группы: Anna',
      'Anna исключает из группы: Удалённый пользователь',
    ]);
  });
});
