import type { Browser, BrowserContextOptions, Locator, Page, Route } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import type { RunnerOptions } from '../../infra/local/options.ts';
import { Runner } from '../../infra/local/runner.ts';
import { request } from '../support/api-client.ts';
import { ownTables } from '../support/own-tables.ts';
import { openai } from '../support/stand-ins/openai.ts';
import { launch, newVisitor, type Visitor } from './chromium.ts';

/** An account, created over the REST API. */
export interface Person {
  user: { id: string; name: string };
  accessToken: string;
  refreshToken: string;
}

/** The assistant of the tests answers as told by `openai.behave`; the runner's own is the one that `npm start` has. */
type Assistant = 'of the tests' | 'of the runner';

interface Options extends Pick<RunnerOptions, 'chaos' | 'context' | 'queueDelay'> {
  /** Whether the pages show notifications. */
  notifies?: boolean;
}

/** A server, a browser and people. */
export class Scene {
  private readonly visitors: Visitor[] = [];
  private runner: Runner | undefined;
  private browser: Browser | undefined;

  get url(): string {
    return this.runner?.url ?? '';
  }

  async start(assistant: Assistant, { notifies = false, ...options }: Options = {}): Promise<void> {
    const scripted = { apiKey: 'a key', baseUrl: openai.url };
    this.runner = await Runner.start({
      port: 0,
      dynamodb: ownTables(),
      openai: assistant === 'of the tests' ? scripted : undefined,
      ...options,
      log: () => {},
    });
    this.browser = await launch(notifies ? 'whole' : 'shell');
  }

  async end(): Promise<void> {
    await this.closePages(0);
    await this.browser?.close();
    await this.runner?.close();
  }

  /** Returns and clears the pages' unexpected errors. */
  complaints(): string[] {
    return this.visitors.flatMap(({ errors }) => errors.splice(0));
  }

  /** Closes the pages that were opened last, until `count` are left: an open page costs the next tests time. */
  async closePages(count: number): Promise<void> {
    const visitors = this.visitors.splice(count);
    await Promise.all(visitors.map(({ page }) => closePage(page)));
    for (const { network } of visitors) network.close();
  }

  get openPages(): number {
    return this.visitors.length;
  }

  /** Opens a new page, signed in if a person is given. */
  async visit(person?: Person, options: BrowserContextOptions = {}, hostname?: string): Promise<Visitor> {
    const stored = person ? [{ name: 'tokens', value: JSON.stringify(person) }] : [];
    const visitor = await newVisitor(this.browser as Browser, this.url, options, stored, hostname);
    this.visitors.push(visitor);
    return visitor;
  }

  async newPerson(name: string): Promise<Person> {
    const email = `${crypto.randomUUID()}@example.com`;
    const body = { email, password: 'correct horse', name };
    return (await request(this.url, 'POST', '/auth/register', { body })).body;
  }

  get = (path: string, person: Person) => this.post(path, person, undefined, 'GET');

  async post(path: string, { accessToken: token }: Person, body: object | undefined, method = 'POST') {
    const answer = await request(this.url, method, path, { token, body });
    expect(answer.status).toBe(200);
    return answer.body;
  }

  async newGroup(name: string, owner: Person, ...others: Person[]): Promise<string> {
    const participantIds = others.map(({ user }) => user.id);
    return (await this.post('/groups', owner, { name, participantIds })).group.id;
  }

  async newDirect(person: Person, other: Person): Promise<string> {
    return (await this.post('/chats/direct', person, { userId: other.user.id })).chat.id;
  }

  say = (person: Person, chatId: string, content: string) =>
    this.post(`/chats/${chatId}/messages`, person, { content });
}

/** The page may be asking for something when a test ends: its routes then must not fail because they are cut off. A test may have closed it itself. */
async function closePage(page: Page): Promise<void> {
  if (page.isClosed()) return;
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await page.context().close();
}

/**
 * A scene shared by all tests of a file. Each test fails on unexpected errors of a page.
 * Pages that a test or its `beforeEach` opens are closed after it; those of `beforeAll` stay.
 */
export function useScene(assistant: Assistant = 'of the tests', options?: Options): Scene {
  const scene = new Scene();
  beforeAll(() => scene.start(assistant, options));
  afterAll(() => scene.end());
  let shared = 0;
  beforeEach(() => {
    shared = scene.openPages;
  });
  afterEach(async () => {
    const complaints = scene.complaints();
    await scene.closePages(shared);
    expect(complaints).toEqual([]);
  });
  return scene;
}

export const box = (page: Page) => page.getByRole('textbox', { name: /^(Message|Question|Сообщение|Вопрос)$/ });
export const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
export const log = (page: Page) => page.getByRole('log');
export const bubbles = (page: Page) => page.locator('.message .bubble > p');
/** The header of a chat that is up to date. */
export const connected = (page: Page) => page.locator('.chat header[data-connection="live"]');
/** Opens the menu of the open chat. */
export const moreActions = (page: Page) => button(page, /^(More actions|Ещё)$/);
/** Matches the beginning of the link, because the newest message follows the name. */
export const chatLink = (page: Page, name: string) => page.getByRole('link', { name: new RegExp(`^${name}`) });

/** The left, the width and the bottom of something that moves as it appears: poll them. */
export async function edgesOf(element: Locator): Promise<number[]> {
  const { x = 1, width = 0, y = 0, height = 0 } = (await element.boundingBox()) ?? {};
  return [x, width, Math.round(y + height)];
}

export async function say(page: Page, text: string): Promise<void> {
  await box(page).fill(text);
  await box(page).press('Enter');
}

/** Chooses something in the menu before the message box. */
export async function attach(page: Page, what: string): Promise<void> {
  await button(page, 'Attach and more').click();
  await page.locator('.menu:popover-open').getByRole('button', { name: what, exact: true }).click();
}

/** Asks the assistant. */
export async function ask(page: Page, question: string): Promise<void> {
  await attach(page, 'Ask the assistant');
  await say(page, question);
}

/** Answers a dialog. */
export async function answer(page: Page, label: string, line: string): Promise<void> {
  await page.getByRole('textbox', { name: label }).fill(line);
  await page.keyboard.press('Enter');
}

/** Tells the page that its tab was hidden, or shown again. */
export const setHidden = (page: Page, hidden: boolean) =>
  page.evaluate(`
    Object.defineProperty(document, 'hidden', { configurable: true, value: ${hidden} });
    document.dispatchEvent(new Event('visibilitychange'));
  `);

/** The user comes back to the page, which then connects at once: after many attempts it would wait for up to half a minute. */
export const returnTo = (page: Page) => setHidden(page, false);

/** Holds matching requests back until `letGo` is called. */
export async function holdBack(page: Page, path: RegExp): Promise<{ held: Promise<void>; letGo(): Promise<void> }> {
  const held = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  const handle = async (route: Route) => {
    held.resolve();
    await gate.promise;
    await route.continue();
  };
  await page.route(path, handle);
  const letGo = async () => {
    const answered = page.waitForResponse((response) => path.test(response.url()));
    gate.resolve();
    await (await answered).finished();
    await page.unroute(path, handle);
  };
  return { held: held.promise, letGo };
}

interface Refused {
  code: string;
  /** Only a message to this chat. */
  chatId?: string;
}

/** The server refuses the first messages that are sent on sockets opened from now on, as `error` frames say. */
export async function refuseMessages(page: Page, ...refusals: (Refused & Record<string, unknown>)[]): Promise<void> {
  await page.routeWebSocket(/\/ws\//, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((text) => {
      const { type, chatId, clientId } = JSON.parse(String(text));
      const n = refusals.findIndex((refusal) => chatId === (refusal.chatId ?? chatId));
      const [refusal] = type === 'message' && n >= 0 ? refusals.splice(n, 1) : [];
      if (refusal) socket.send(JSON.stringify({ type: 'error', message: 'Refused.', chatId, clientId, ...refusal }));
      else server.send(text);
    });
  });
}
