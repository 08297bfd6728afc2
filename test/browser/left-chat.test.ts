import { beforeEach, describe, expect, test } from 'vitest';
import { findChromium, type Visitor } from './chromium.ts';
import { chatLink, connected, log, type Person, say, useScene } from './scene.ts';

/** Messages to a group that the user has left before they were sent. */

describe.skipIf(!findChromium())('a message to a group that the user is no longer in', () => {
  const scene = useScene();
  let anna: Person;
  let boris: Person;
  let club: string;
  let page: Visitor['page'];
  let network: Visitor['network'];

  beforeEach(async () => {
    [anna, boris] = [await scene.newPerson('Anna'), await scene.newPerson('Boris')];
    await scene.newGroup('Lake', anna);
    club = await scene.newGroup('Club', boris, anna);
    ({ page, network } = await scene.visit(anna));
    await open('Club');
  });

  async function open(name: string): Promise<void> {
    await chatLink(page, name).click();
    await page.getByRole('heading', { name, level: 2 }).waitFor();
    await connected(page).waitFor();
  }

  const removeAnna = () => scene.post(`/groups/${club}/members/${anna.user.id}`, boris, {}, 'DELETE');
  const saved = () =>
    page.evaluate<string[]>(
      "Object.keys(localStorage).filter((key) => key.includes('/message/')).map((key) => localStorage[key])",
    );
  const notice = () =>
    page.getByRole('alert').getByText('1 unsent message was deleted: you are no longer in the chat.');
  test('is deleted with a notice, once the whole list of chats was loaded', async () => {
    network.cut();
    await say(page, 'Too late');
    await chatLink(page, 'Lake').click();
    await chatLink(page, 'Club').getByText('Not sent yet: Too late').waitFor();
    await removeAnna();
    await page.route(/\/chats$/, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, json: { ...(await response.json()), cursor: 'more' } });
    });
    network.restore();
    await expect.poll(saved).toEqual([expect.stringContaining('not_a_participant')]);
    await chatLink(page, 'Club').waitFor({ state: 'detached' });
    await expect.poll(saved).toHaveLength(1);
    await page.unroute(/\/chats$/);
    await page.reload();
    await notice().waitFor();
    await expect.poll(saved).toEqual([]);
  });

  test('stays when the user is added again while the chat is open', async () => {
    await removeAnna();
    await page.getByText('You are no longer in this chat.').waitFor();
    await say(page, 'Why?');
    await log(page).getByText('Not sent. You are no longer in this chat.').waitFor();
    await scene.post(`/groups/${club}/members`, boris, { userIds: [anna.user.id] });
    await connected(page).waitFor();
    await log(page).getByText('Why?').waitFor();
    expect(await saved()).toHaveLength(1);
  });

  test('stays while its chat is open', async () => {
    await removeAnna();
    await page.getByText('You are no longer in this chat.').waitFor();
    await say(page, 'Why?');
    await log(page).getByText('Not sent. You are no longer in this chat.').waitFor();
    await chatLink(page, 'Club').waitFor({ state: 'detached' });
    await expect.poll(saved).toHaveLength(1);
    await open('Lake');
    await notice().waitFor();
    await expect.poll(saved).toEqual([]);
  });
});
