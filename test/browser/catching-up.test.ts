import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Message } from '../../shared/contract/chats/message.ts';
import { findChromium } from './chromium.ts';
import { openChat, row } from './messages.ts';
import { bubbles, type Person, useScene } from './scene.ts';

/** Changes that do not come by themselves. */

interface Frame {
  type?: string;
  rev?: number;
  epoch?: string;
}

/** What becomes of a frame; undefined if it is lost. */
type Change = (frame: Frame) => Frame | undefined;

const same: Change = (frame) => frame;

describe.skipIf(!findChromium())('the web client catches up with changes', () => {
  const scene = useScene();
  let [anna, boris] = [] as unknown as [Person, Person];

  beforeAll(async () => {
    [anna, boris] = [await scene.newPerson('Anna'), await scene.newPerson('Boris')];
  });

  /** A chat with these messages of Anna's, and the path of each. */
  async function newChat(name: string, ...texts: string[]) {
    const chatId = await scene.newGroup(name, anna, boris);
    const paths: string[] = [];
    for (const text of texts) {
      const { message } = await scene.say(anna, chatId, text);
      paths.push(`/chats/${chatId}/messages/${message.id}`);
    }
    return { chatId, paths };
  }

  const edit = (path: string, content: string) => scene.post(path, anna, { content }, 'PATCH');

  /** Loads a page whose frames go through these. */
  async function between(page: Page, { toServer = same, toPage = same }: { toServer?: Change; toPage?: Change }) {
    await page.routeWebSocket(/\/ws\//, (socket) => {
      const server = socket.connectToServer();
      const pass = (change: Change, to: typeof socket) => (text: string | Buffer) => {
        const frame = change(JSON.parse(String(text)));
        if (frame) to.send(JSON.stringify(frame));
      };
      socket.onMessage(pass(toServer, server));
      server.onMessage(pass(toPage, socket));
    });
    await page.reload();
  }

  test('a change whose frame was lost arrives a minute after the next one', async () => {
    const { paths } = await newChat('Lost', 'One', 'Two');
    const { page } = await scene.visit(boris);
    const isLost = (frame: Frame) => frame.type === 'changed' && frame.rev === 1;
    await between(page, { toPage: (frame) => (isLost(frame) ? undefined : frame) });
    await openChat(page, 'Lost');
    await edit(paths[0] ?? '', 'One, edited');
    await edit(paths[1] ?? '', 'Two, edited');
    await row(page, 'Two, edited').waitFor();
    await expect.poll(() => bubbles(page).allInnerTexts()).toEqual(['One', 'Two, edited']);
    await page.clock.fastForward(70_000);
    await row(page, 'One, edited').waitFor();
  });

  test('begins anew when the server can’t say what has changed, also in the history', async () => {
    const guests = await Promise.all(Array.from({ length: 6 }, (_, n) => scene.newPerson(`Guest ${n}`)));
    const chatId = await scene.newGroup('Reset', anna, boris, ...guests);
    const drafts = guests.flatMap((guest) =>
      Array.from({ length: 10 }, (_, n) => ({ guest, text: `${guest.user.name}: ${n}` })),
    );
    const sent = await Promise.all(drafts.map(({ guest, text }) => scene.say(guest, chatId, text)));
    const messages: Message[] = sent.map(({ message }) => message).sort((a, b) => a.seq - b.seq);
    const [first, last] = [messages[0]?.content ?? '', messages.at(-1)?.content ?? ''];
    const { page } = await scene.visit(boris);
    let isRestored = false;
    const resets: boolean[] = [];
    await between(page, {
      toServer: (frame) => (frame.type === 'sync' && isRestored ? { ...frame, epoch: 'before' } : frame),
      toPage: (frame) => {
        if (frame.type !== 'synced') return frame;
        isRestored = false;
        resets.push('reset' in frame);
        return frame;
      },
    });
    await openChat(page, 'Reset');
    await page.locator('.messages').evaluate((list) => list.scrollTo(0, 0));
    await row(page, first).waitFor();
    isRestored = true;
    await page.context().setOffline(true);
    await page.getByText('Offline').waitFor();
    for (const { id } of [messages[0], messages.at(-1)] as Message[])
      await scene.post(`/chats/${chatId}/messages/${id}`, anna, {}, 'DELETE');
    await scene.say(anna, chatId, 'New');
    await page.context().setOffline(false);
    await row(page, 'New').waitFor();
    await expect.poll(() => resets).toEqual([false, true, false]);
    await row(page, 'Deleted by an admin').last().waitFor();
    await page.locator('.messages').evaluate((list) => list.scrollTo(0, 0));
    await expect.poll(() => bubbles(page).count()).toBe(61);
    const shown = await bubbles(page).allInnerTexts();
    expect(shown.filter((text) => text === first || text === last)).toEqual([]);
    expect(shown.filter((text) => text === 'Deleted by an admin')).toHaveLength(2);
    expect(new Set(shown).size).toBe(60);
  });
});
