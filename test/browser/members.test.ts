import type { Locator, Page } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { expectAccessible, findChromium } from './chromium.ts';
import { openChat, openInfo, row } from './messages.ts';
import { box, button, log, type Person, useScene } from './scene.ts';

/** The people in a group: their list, their roles, adding and removing them, and what there is to do with one of them. */

describe.skipIf(!findChromium())('the members of a group', () => {
  const scene = useScene();
  let [anna, boris, vera] = [] as unknown as [Person, Person, Person];
  let lake = '';

  beforeEach(async () => {
    [anna, boris, vera] = [
      await scene.newPerson('Anna'),
      await scene.newPerson('Boris'),
      await scene.newPerson('Vera'),
    ];
    lake = await scene.newGroup('Lake', anna, boris, vera);
  });

  const opened = async (person: Person) => {
    const { page } = await scene.visit(person);
    await openChat(page, 'Lake');
    return { page, sheet: await openInfo(page) };
  };
  const sheetOf = (page: Page) => page.locator('dialog.sheet');
  const item = (sheet: Locator, name: string | RegExp) => sheet.getByRole('button', { name });
  const member = (sheet: Locator, name: string) => sheet.locator('.member', { hasText: name });
  const confirm = (page: Page, question: RegExp, verb: string) =>
    page.getByRole('dialog', { name: question }).getByRole('button', { name: verb, exact: true }).click();
  const roles = async () => {
    const { group } = await scene.get(`/groups/${lake}`, anna);
    return Object.fromEntries(group.members.map(({ name, role }: { name: string; role: string }) => [name, role]));
  };

  test('a new admin is offered what admins may do at once, and removes a member but not the owner', async () => {
    const annas = await opened(anna);
    const boriss = await opened(boris);
    const { page: veras } = await scene.visit(vera);
    await openChat(veras, 'Lake');
    await member(boriss.sheet, 'Anna').getByText('Owner').waitFor();
    await expect.poll(() => item(boriss.sheet, 'Add people').count()).toBe(0);

    await member(annas.sheet, 'Boris').getByRole('button').click();
    await item(sheetOf(annas.page), 'Make an admin').click();
    await item(sheetOf(annas.page), 'Take away admin rights').waitFor();
    await item(boriss.sheet, 'Add people').waitFor();

    await member(boriss.sheet, 'Anna').getByRole('button').click();
    await item(sheetOf(boriss.page), 'Message').waitFor();
    await item(sheetOf(boriss.page), 'Block').waitFor();
    await expect.poll(() => item(sheetOf(boriss.page), /Remove|Make|Hand over/).count()).toBe(0);
    await button(boriss.page, 'Back').click();
    await member(boriss.sheet, 'Vera').getByRole('button').click();
    await expect.poll(() => item(sheetOf(boriss.page), /Make|Hand over/).count()).toBe(0);
    await item(sheetOf(boriss.page), 'Remove from the group').click();
    await confirm(boriss.page, /Remove .?Vera.? from the group/, 'Remove');
    await veras.getByText('You are no longer in this chat.').waitFor();
    await expect.poll(() => member(boriss.sheet, 'Vera').count()).toBe(0);
    await button(annas.page, 'Back').click();
    await expect.poll(() => member(annas.sheet, 'Vera').count()).toBe(0);
    await annas.sheet.getByRole('heading', { name: '2 participants' }).waitFor();
  });

  test('the owner hands over the group after a question, and is an admin then', async () => {
    const annas = await opened(anna);
    const boriss = await opened(boris);
    await member(annas.sheet, 'Boris').getByRole('button').click();
    await item(sheetOf(annas.page), 'Hand over the group').click();
    await confirm(annas.page, /Hand over the group to .?Boris/, 'Cancel');
    expect(await roles()).toEqual({ Anna: 'owner', Boris: 'member', Vera: 'member' });
    await item(sheetOf(annas.page), 'Hand over the group').click();
    await confirm(annas.page, /Hand over the group to .?Boris/, 'Hand over the group');
    await expect.poll(roles).toEqual({ Anna: 'admin', Boris: 'owner', Vera: 'member' });
    await expect.poll(() => item(sheetOf(annas.page), /Hand over|Remove/).count()).toBe(0);
    await member(boriss.sheet, 'Boris (you)').getByText('Owner').waitFor();
    await member(boriss.sheet, 'Anna').getByText('Admin').waitFor();
  });

  test('what the server refuses is said, and the role stays', async () => {
    const { page, sheet } = await opened(anna);
    await member(sheet, 'Boris').getByRole('button').click();
    await page.route(/\/role$/, (route) => route.fulfill({ status: 409, json: { code: 'changed_meanwhile' } }));
    await item(sheetOf(page), 'Make an admin').click();
    await sheetOf(page).getByRole('alert').getByText('Somebody else has just changed this.').waitFor();
    await item(sheetOf(page), 'Make an admin').waitFor();
  });

  test('people are added from direct chats and by email; whoever wants an invite is named, and the others join', async () => {
    const [gleb, dina, egor] = [
      await scene.newPerson('Gleb'),
      await scene.newPerson('Dina'),
      await scene.newPerson('Egor'),
    ];
    for (const person of [gleb, dina, boris]) await scene.newDirect(anna, person);
    await scene.post('/users/me', gleb, { addedBy: 'nobody' }, 'PATCH');
    const { email } = (await scene.get('/users/me', egor)).user;
    const { page, sheet } = await opened(anna);
    await item(sheet, 'Add people').click();
    const adding = page.getByRole('dialog', { name: 'Add people' });
    // Boris is in the group already.
    await expect.poll(() => adding.locator('.member .about').allInnerTexts()).toEqual(['Dina', 'Gleb']);
    for (const name of ['Gleb', 'Dina']) await adding.getByRole('checkbox', { name }).check();
    await adding.getByRole('searchbox').fill('nobody@example.com');
    await adding.getByRole('searchbox').press('Enter');
    await adding.getByText('No user has this email or phone.').waitFor();
    await adding.getByRole('searchbox').fill(email);
    await item(adding, 'Find').click();
    await adding.getByRole('checkbox', { name: 'Egor', checked: true }).waitFor();
    await item(adding, 'Add 3').click();
    await member(adding, 'Gleb').getByText('This user joins groups only with an invite code.').waitFor();
    await item(adding, 'Copy the invite link for them').waitFor();
    await expectAccessible(page);
    await item(adding, 'Add 2').click();
    await member(sheet, 'Egor').waitFor();
    await sheet.getByRole('heading', { name: '5 participants' }).waitFor();
    expect(Object.keys(await roles()).sort()).toEqual(['Anna', 'Boris', 'Dina', 'Egor', 'Vera']);
  });

  test('the name above a message and the picture beside it lead to the author, who can be mentioned and written to', async () => {
    await scene.say(boris, lake, 'Hello');
    const { page } = await scene.visit(anna);
    await openChat(page, 'Lake');
    await row(page, 'Hello').getByRole('button', { name: 'Boris' }).click();
    const card = page.getByRole('dialog', { name: 'Profile' });
    await card.waitFor();
    await expectAccessible(page);
    await item(card, 'Mention').click();
    await card.waitFor({ state: 'detached' });
    await page.locator(':focus').and(box(page)).waitFor();
    await expect.poll(() => box(page).inputValue()).toBe('@Boris ');
    await box(page).pressSequentially('look');
    await box(page).press('Enter');
    await log(page).locator('span.mention', { hasText: '@Boris' }).waitFor();
    expect((await scene.get(`/chats/${lake}/messages`, anna)).messages.at(-1).mentions).toEqual([boris.user.id]);

    await row(page, 'Hello').locator('.avatar').click();
    await item(card, /^Message/).click();
    await page.getByRole('heading', { name: 'Boris', level: 2 }).waitFor();
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
  });

  test('somebody who has left is shown as such, without what only members can get', async () => {
    await scene.say(boris, lake, 'Bye');
    await scene.post(`/chats/${lake}`, boris, undefined, 'DELETE');
    const { page } = await scene.visit(anna);
    await openChat(page, 'Lake');
    await row(page, 'Bye').getByRole('button', { name: 'Boris' }).click();
    const card = page.getByRole('dialog', { name: 'Profile' });
    await card.getByText('Not in this group any more').waitFor();
    await item(card, 'Block').waitFor();
    await expect.poll(() => item(card, /Mention|Make|Remove/).count()).toBe(0);
  });

  test('a group of 300 is loaded in pages and searched by name', async () => {
    const others = Array.from({ length: 297 }, (_, n) => ({
      id: `other-${n}`,
      name: `Person ${String(n).padStart(3, '0')}`,
    }));
    const { page } = await scene.visit(anna);
    const joinedAt = new Date().toISOString();
    const added = others.map(({ id: userId, name }) => ({ userId, name, role: 'member', joinedAt }));
    // As the server answers for a group of this size, which takes too long to make here.
    await page.route(/\/groups\/[^/]+(\?cursor=.*)?$/, async (route) => {
      const response = await route.fetch({ url: route.request().url().replace(/\?.*/, '') });
      const { group } = await response.json();
      const isSecond = route.request().url().includes('cursor=second');
      const members = isSecond ? added.slice(150) : [...group.members, ...added.slice(0, 150)];
      await route.fulfill({ response, json: { group: { ...group, members }, ...(!isSecond && { cursor: 'second' }) } });
    });
    await page.route(/\/chats$/, async (route) => {
      const response = await route.fetch();
      const { chats } = await response.json();
      const ids = others.map(({ id }) => id);
      const large = chats.map((chat: object & { participantIds: string[] }) => ({
        ...chat,
        participantIds: [...chat.participantIds, ...ids],
      }));
      await route.fulfill({ response, json: { chats: large } });
    });
    await page.reload();
    await openChat(page, 'Lake');
    const sheet = await openInfo(page);
    await sheet.getByRole('heading', { name: '300 participants' }).waitFor();
    await expect.poll(() => sheet.locator('.member').count()).toBe(8);
    await item(sheet, 'All participants').click();
    const all = page.getByRole('dialog', { name: 'All participants' });
    await expect.poll(() => all.locator('.member').count()).toBe(300);
    await all.getByRole('searchbox').fill('person 29');
    await expect.poll(() => all.locator('.member').count()).toBe(10);
    await all.getByText('10 participants found').waitFor();
    await all.getByRole('searchbox').fill('xyz');
    await all.getByText('No participant has this name.').waitFor();
    await all.getByRole('searchbox').fill('');
    await member(all, 'Person 260').getByRole('button').click();
    await page.getByRole('dialog', { name: 'Profile' }).getByText('Person 260').waitFor();
    await button(page, 'Back').click();
    await page.locator(':focus').and(member(all, 'Person 260').getByRole('button')).waitFor();
  });
});
