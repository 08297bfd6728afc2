import type { Locator } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { expectAccessible, findChromium } from './chromium.ts';
import { openChat, openInfo } from './messages.ts';
import { chatLink, type Person, useScene } from './scene.ts';

/** The invite link of a group. */

describe.skipIf(!findChromium())('the invite link', () => {
  const scene = useScene();
  let [anna, boris, vera] = [] as unknown as [Person, Person, Person];

  beforeEach(async () => {
    [anna, boris, vera] = [
      await scene.newPerson('Anna'),
      await scene.newPerson('Boris'),
      await scene.newPerson('Vera'),
    ];
    await scene.newGroup('Lake', anna, boris);
  });

  const opened = async (person: Person) => {
    const { page } = await scene.visit(person, { permissions: ['clipboard-read', 'clipboard-write'] });
    await openChat(page, 'Lake');
    await (await openInfo(page)).getByRole('button', { name: 'Invite link' }).click();
    return { page, sheet: page.getByRole('dialog', { name: 'Invite link' }) };
  };
  const item = (sheet: Locator, name: string) => sheet.getByRole('button', { name });
  const linkIn = (sheet: Locator) => sheet.locator('.invite-link').innerText();

  test('a new one has the chosen limits, and the old one stops working', async () => {
    const { page, sheet } = await opened(anna);
    const old = await linkIn(sheet);
    await item(sheet, 'Create a new link').click();
    const dialog = page.getByRole('dialog', { name: 'Create a new link' });
    await dialog.getByLabel('Valid for').selectOption({ label: '7 days' });
    await dialog.getByLabel('For how many people').selectOption({ label: '10' });
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Create' }).click();
    await sheet.getByText(/Valid until .* For 10 people\./).waitFor();
    const link = await linkIn(sheet);
    expect(link).not.toBe(old);
    await item(sheet, 'Copy the link').click();
    await sheet.getByText('Invite link copied.').waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(link);

    const { page: veras } = await scene.visit(vera);
    await veras.goto(`/${old.slice(old.indexOf('#'))}`);
    await veras.getByRole('alert').getByText('No group has this invite code.').waitFor();
    await veras.goto(`/${link.slice(link.indexOf('#'))}`);
    await chatLink(veras, 'Lake').waitFor();
    expect(scene.complaints().every((complaint) => complaint.includes('404'))).toBe(true);
  });

  test('is turned off after a question, and nobody can join with it', async () => {
    const { page, sheet } = await opened(anna);
    const link = await linkIn(sheet);
    await item(sheet, 'Turn off the link').click();
    await page
      .getByRole('dialog', { name: /Nobody can join/ })
      .getByRole('button', { name: 'Turn off the link' })
      .click();
    await sheet.getByText('None').waitFor();
    const { page: veras } = await scene.visit(vera);
    await veras.goto(`/${link.slice(link.indexOf('#'))}`);
    await veras.getByRole('alert').getByText('No group has this invite code.').waitFor();
    scene.complaints();
  });

  test('a member may send it, but not replace it or turn it off', async () => {
    const { sheet } = await opened(boris);
    await item(sheet, 'Copy the link').waitFor();
    await expect.poll(() => item(sheet, 'Create a new link').count()).toBe(0);
    await expect.poll(() => item(sheet, 'Turn off the link').count()).toBe(0);
  });
});
