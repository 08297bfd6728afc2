import { beforeAll, describe, expect, test } from 'vitest';
import asyncapi from '../../docs/asyncapi.json' with { type: 'json' };
import { expectAccessible, findChromium } from './chromium.ts';
import { button, type Person, useScene } from './scene.ts';

/** The page at `/docs/websocket`, on which one tries the sockets. */

describe.skipIf(!findChromium())('the page of the sockets', () => {
  const scene = useScene();
  let anna: Person;
  let chatId: string;
  beforeAll(async () => {
    anna = await scene.newPerson('Anna');
    chatId = await scene.newGroup('Weekend', anna);
  });

  async function open() {
    const { page } = await scene.visit(anna);
    // Under the name by which the visitor knows the server.
    await page.goto(new URL('/docs/websocket', page.url()).href);
    await page.getByText('Signed in as Anna.').waitFor();
    await page.locator('option', { hasText: 'Weekend' }).waitFor({ state: 'attached' });
    const entries = page.getByRole('log').getByRole('listitem');
    const connect = async () => {
      await page.getByRole('button', { name: 'Connect', exact: true }).click();
      await entries.filter({ hasText: 'Connected' }).waitFor();
    };
    const send = async (frame: string) => {
      await page.getByLabel('Frame to send').selectOption(frame);
      await button(page, /^Send/).click();
    };
    return { page, entries, connect, send };
  }

  test.each(['chat', 'inbox'] as const)('sends the example of every frame on the channel “%s”', async (channel) => {
    const { page, entries, connect, send } = await open();
    await page.getByLabel('Channel').selectOption(channel);
    await connect();
    // Only a refusal answers it, which would come before the answers to the others.
    await send('TypingFrame');
    for (const [frame, answer] of [
      ['MessageFrame', 'Message'],
      ['SyncFrame', 'SyncedFrame'],
      ['MarkReadFrame', 'ReadFrame'],
      ['PingFrame', 'PongFrame'],
    ] as const) {
      await send(frame);
      await entries
        .filter({ has: page.getByText(answer, { exact: true }) })
        .first()
        .waitFor();
    }
    expect(await entries.filter({ hasText: '"type":"error"' }).count()).toBe(0);
    const { messages } = await scene.get(`/chats/${chatId}/messages`, anna);
    expect(messages.at(-1)).toMatchObject({ userId: anna.user.id, type: 'text' });
  });

  test('offers every frame of AsyncAPI', async () => {
    const { page } = await open();
    const offered = await page.getByLabel('Frame to send').locator('option').allInnerTexts();
    const { operations } = asyncapi as unknown as {
      operations: Record<string, { action: string; messages: object[] }>;
    };
    const sent = Object.values(operations).filter(({ action }) => action === 'receive');
    expect(new Set(offered)).toEqual(
      new Set(sent.flatMap(({ messages }) => messages.map((one) => Object.values(one).join().split('/').at(-1)))),
    );
  });

  test('shows what the server refuses, and keeps the ticket to itself', async () => {
    const { page, entries, connect } = await open();
    await connect();
    await page.getByLabel('JSON of the frame').fill('not JSON');
    await button(page, /^Send/).click();
    await entries.filter({ hasText: 'malformed_json' }).waitFor();
    expect(await entries.first().innerText()).toContain('ticket=…');
    await button(page, 'Disconnect').click();
    await entries.filter({ hasText: 'Closed with code' }).waitFor();
  });

  test('says so when the chats can’t be loaded', async () => {
    const { page } = await open();
    await page.route('**/chats', (route) => route.abort());
    await page.reload();
    await page.getByRole('alert').getByText('The chats could not be loaded').waitFor();
  });

  test('has nothing that axe complains about', async () => {
    const { page, connect } = await open();
    await connect();
    await expectAccessible(page);
  });
});
