import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { expectAccessible, findChromium, type Visitor } from './chromium.ts';
import { box, button, chatLink, connected, log, type Person, refuseMessages, say, useScene } from './scene.ts';
import { chooseLanguage, loadAll, signOut } from './settings.ts';

/** What was written and not sent, when the page is left. */

describe.skipIf(!findChromium())('what the web client keeps', () => {
  const scene = useScene();
  let anna: Person;
  let lake: string;
  let hills: string;
  let page: Page;
  let network: Visitor['network'];

  beforeEach(async () => {
    anna = await scene.newPerson('Anna');
    [lake, hills] = [await scene.newGroup('Lake', anna), await scene.newGroup('Hills', anna)];
    ({ page, network } = await scene.visit(anna));
  });

  async function open(name: string): Promise<void> {
    await chatLink(page, name).click();
    await page.getByRole('heading', { name, level: 2 }).waitFor();
  }

  /** Leaves the page, and comes back when the network is there, as a reload offline does. */
  async function reload(): Promise<void> {
    await page.goto('about:blank');
    network.restore();
    await page.goto('/');
  }

  const stored = async (chatId: string): Promise<string[]> => {
    const { messages } = await scene.get(`/chats/${chatId}/messages`, anna);
    const texts = (messages as { type: string; content: string }[]).filter(({ type }) => type === 'text');
    return texts.map(({ content }) => content);
  };

  const saved = () => page.evaluate<string[]>("Object.keys(localStorage).filter((key) => key.startsWith('unsent/'))");

  /** Writes messages that cannot be sent, and leaves without network. */
  async function writeOffline(): Promise<void> {
    await open('Hills');
    await connected(page).waitFor();
    network.cut();
    for (const text of ['One', 'Two']) await say(page, text);
    await open('Lake');
    await say(page, 'Three');
    await chatLink(page, 'Hills').getByText('Not sent yet: Two').waitFor();
  }

  test('messages that were written offline in two chats arrive in order after a reload, once each', async () => {
    await writeOffline();
    await reload();
    await expect.poll(() => stored(hills)).toEqual(['One', 'Two']);
    await expect.poll(() => stored(lake)).toEqual(['Three']);
    await expect.poll(saved).toEqual([]);
    await open('Hills');
    await log(page).getByText('Two').waitFor();
    await expect.poll(() => page.locator('.mine').count()).toBe(2);
  });

  test('a chat that is opened at once after a reload shows them and sends them', async () => {
    await writeOffline();
    await page.goto('about:blank');
    network.restore();
    await refuseMessages(page, ...Array.from({ length: 9 }, () => ({ code: 'maintenance', retryAfter: 1 })));
    const posted: string[] = [];
    page.on('request', (request) => request.method() === 'POST' && posted.push(new URL(request.url()).pathname));
    await page.goto(`/#chat=${hills}`);
    await expect.poll(() => page.locator('.outgoing p').allInnerTexts()).toEqual(['One', 'Two']);
    await expect.poll(() => stored(hills), { timeout: 60_000 }).toEqual(['One', 'Two']);
    await expect.poll(() => stored(lake)).toEqual(['Three']);
    // An open chat has its socket.
    expect(posted).not.toContain(`/chats/${hills}/messages`);
  });

  test('messages in a chat that is not open go out after a reconnect', async () => {
    await writeOffline();
    network.restore();
    await expect.poll(() => stored(hills)).toEqual(['One', 'Two']);
    await expect.poll(() => stored(lake)).toEqual(['Three']);
    await expect.poll(saved).toEqual([]);
  });

  test('a message whose answer was lost is stored once', async () => {
    await open('Hills');
    await connected(page).waitFor();
    network.loseAnswers();
    await say(page, 'One');
    await expect.poll(() => stored(hills)).toEqual(['One']);
    network.cut();
    await reload();
    await expect.poll(saved).toEqual([]);
    await expect.poll(() => stored(hills)).toEqual(['One']);
  });

  test('somebody else who signs in neither sees nor sends them; they wait for their author', async () => {
    await writeOffline();
    await box(page).fill('Only mine');
    const boris = await scene.newPerson('Boris');
    const shared = await scene.newGroup('Shared', boris, anna);
    await page.goto('about:blank');
    network.restore();
    const tokens = JSON.stringify(boris);
    // Like a session that was ended elsewhere: the page has not signed Anna out.
    await page.goto('/docs');
    await page.evaluate((value) => localStorage.setItem('tokens', value), tokens);
    await page.goto(`/#chat=${shared}`);
    await connected(page).waitFor();
    await expect.poll(() => page.getByText('Not sent yet').count()).toBe(0);
    await say(page, 'From Boris');
    await page.locator('.message.mine:not(.outgoing)').waitFor();
    expect([await stored(hills), await stored(lake)]).toEqual([[], []]);
    await signOut(page);
    await page.getByLabel('Email').waitFor();
    await expect.poll(saved).toHaveLength(4);

    await page.evaluate((value) => localStorage.setItem('tokens', value), JSON.stringify(anna));
    await page.goto(`/#chat=${lake}`);
    await page.reload();
    await expect.poll(() => stored(hills)).toEqual(['One', 'Two']);
    await expect.poll(() => stored(lake)).toEqual(['Three']);
    await expect.poll(() => box(page).inputValue()).toBe('Only mine');
  });

  test('a draft comes back after a reload, and is gone when it was sent', async () => {
    await open('Lake');
    await connected(page).waitFor();
    await box(page).fill('Half a mess');
    await open('Hills');
    await expect.poll(() => box(page).inputValue()).toBe('');
    await reload();
    await open('Lake');
    await expect.poll(() => box(page).inputValue()).toBe('Half a mess');
    await say(page, 'Half a message');
    await page.locator('.message.mine:not(.outgoing)').waitFor();
    await page.reload();
    await page.locator('.message.mine:not(.outgoing)').waitFor();
    await expect.poll(() => box(page).inputValue()).toBe('');
    await expect.poll(saved).toEqual([]);
  });

  test('what is older than a day stays with buttons until the user decides', async () => {
    await writeOffline();
    await page.evaluate(`
      for (const key of Object.keys(localStorage).filter((name) => name.includes('/message/'))) {
        const message = JSON.parse(localStorage.getItem(key));
        for (const time of ['writtenAt', 'sendUntil']) message[time] -= 25 * 3_600_000;
        localStorage.setItem(key, JSON.stringify(message));
      }
    `);
    await reload();
    await open('Hills');
    await expect.poll(() => log(page).getByText('Not sent. ').count()).toBe(2);
    await button(page, 'Delete').first().click();
    await page.reload();
    await log(page).getByText('Not sent. ').waitFor();
    await expect.poll(() => page.locator('.outgoing p').allInnerTexts()).toEqual(['Two']);
    await button(page, 'Try again').click();
    await expect.poll(() => stored(hills)).toEqual(['Two']);
    await expect.poll(() => stored(lake)).toEqual([]);
  });

  test('a refused message keeps its reason after a reload', async () => {
    const errors = [{ path: 'content', message: 'must be visible', rule: 'invisible' }];
    await refuseMessages(page, { code: 'invalid_input', errors });
    await page.reload();
    await open('Lake');
    await say(page, 'Refused');
    await log(page).getByText('Not sent. Enter at least one visible character.').waitFor();
    await reload();
    await open('Lake');
    await log(page).getByText('Not sent. Enter at least one visible character.').waitFor();
    await expect.poll(() => page.locator('.outgoing p').allInnerTexts()).toEqual(['Refused']);
    await expect.poll(() => stored(lake)).toEqual([]);
  });

  test('a refused message of another chat says why there', async () => {
    await writeOffline();
    const refusal = { code: 'blocked', chatId: hills };
    await refuseMessages(page, refusal, refusal);
    network.restore();
    const refused = () =>
      page.evaluate<number>("Object.values(localStorage).filter((value) => value.includes('blocked')).length");
    await expect.poll(refused).toBe(2);
    await open('Hills');
    await expect.poll(() => log(page).getByText("Not sent. You can't message").count()).toBe(2);
    await expect.poll(() => stored(hills)).toEqual([]);
  });

  test('messages wait for the next session when this one was ended elsewhere', async () => {
    await writeOffline();
    await scene.post('/auth/logout', anna, {});
    network.restore();
    await page.getByLabel('Email').waitFor();
    const refusals = await page.evaluate(`
      Object.keys(localStorage).filter((key) => key.includes('/message/')).map((key) => JSON.parse(localStorage[key]).refusal)
    `);
    expect(refusals).toEqual([undefined, undefined, undefined]);
    for (const complaint of scene.complaints()) expect(complaint).toContain('status of 401');
  });

  test('signing out asks before it removes everything', async () => {
    await loadAll(page);
    await writeOffline();
    await box(page).fill('Half a mess');
    await expect.poll(saved).toHaveLength(4);
    const question = (name: string) => page.getByRole('dialog', { name });
    await signOut(page);
    await question('3 unsent messages and 1 draft will be lost. Sign out all the same?').waitFor();
    await expectAccessible(page);
    await page.keyboard.press('Enter');
    await question('3 unsent messages').waitFor({ state: 'detached' });
    await button(page, 'Close').click();
    await expect.poll(saved).toHaveLength(4);
    await page.getByRole('heading', { name: 'Lake', level: 2 }).waitFor();
    await chooseLanguage(page, 'Русский');
    await signOut(page);
    await question('Вы потеряете 3 неотправленных сообщения и 1 черновик. Всё равно выйти?')
      .getByRole('button', { name: 'Выйти' })
      .click();
    await page.getByLabel('Почта').waitFor();
    await expect.poll(saved).toEqual([]);
  });

  test('signing out asks about drafts in chats that were not opened since the reload', async () => {
    await open('Lake');
    await box(page).fill('Half a mess');
    await expect.poll(saved).toHaveLength(1);
    await page.goto('/');
    await page.reload();
    await signOut(page);
    await page.getByRole('dialog', { name: /^1 draft will be lost\./ }).waitFor();
  });

  test('a page notices that another tab has signed in as somebody else', async () => {
    const boris = await scene.newPerson('Boris');
    const other = await page.context().newPage();
    await other.goto('/docs');
    await other.evaluate((tokens) => localStorage.setItem('tokens', tokens), JSON.stringify(boris));
    await page.getByRole('heading', { name: 'Boris', level: 1 }).waitFor();
    await expect.poll(() => chatLink(page, 'Lake').count()).toBe(0);
  });

  test('content that cannot be read does not stop the page', async () => {
    const id = anna.user.id;
    const message = { chatId: lake, content: 'Whole', writtenAt: Date.now(), sendUntil: Date.now() + 60_000 };
    const broken = ['{', 'null', '[]', '7', '{"chatId":1}', JSON.stringify({ ...message, content: { a: 1 } })];
    broken.push(JSON.stringify({ ...message, writtenAt: 'today' }), JSON.stringify({ ...message, sendUntil: 1e300 }));
    const entries = broken.map((text, n) => [`unsent/${id}/message/broken-${n}`, text]);
    entries.push([`unsent/${id}/message/whole`, JSON.stringify({ ...message, refusal: 'none' })]);
    await page.evaluate((all) => {
      for (const [key, text] of all) localStorage.setItem(key ?? '', text ?? '');
    }, entries);
    await page.reload();
    await expect.poll(() => stored(lake)).toEqual(['Whole']);
  });

  test('messages go out when the browser refuses to store anything', async () => {
    await page.addInitScript(`
      Storage.prototype.setItem = () => { throw new DOMException('Full.', 'QuotaExceededError'); };
    `);
    await page.reload();
    await open('Lake');
    await connected(page).waitFor();
    await say(page, 'One');
    await page.locator('.message.mine:not(.outgoing)').waitFor();
    await expect.poll(() => stored(lake)).toEqual(['One']);
  });
});
