import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkHealth } from '#shared/contract/health/check-health.ts';
import { demoAccount } from '../../infra/local/demo-accounts.ts';
import { Runner } from '../../infra/local/runner.ts';
import { request } from '../support/api-client.ts';
import { ownTables } from '../support/own-tables.ts';
import { desktop, findChromium, launch } from './chromium.ts';

/** The page at `/docs`. It shares its origin with the web client and could therefore read its tokens. */

describe.skipIf(!findChromium())('the API reference', () => {
  let runner: Runner;
  let browser: Browser;
  beforeAll(async () => {
    runner = await Runner.start({ port: 0, dynamodb: ownTables(), log: () => {} });
    browser = await launch();
    await request(runner.url, 'POST', '/auth/register', { body: demoAccount });
  });
  afterAll(async () => {
    await browser.close();
    await runner.close();
  });

  test('shows and calls an operation, and can only call this server', async () => {
    const context = await browser.newContext({ viewport: desktop });
    const asked: string[] = [];
    const complaints: string[] = [];
    context.on('request', (request) => asked.push(request.url()));
    context.on('weberror', (error) => complaints.push(error.error().message));
    context.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    const page = await context.newPage();
    page.on('websocket', (socket) => asked.push(socket.url()));

    await page.goto(`${runner.url}/docs#tag/health/GET/health`);
    await page.getByRole('heading', { name: checkHealth.summary }).waitFor();
    await page.getByRole('button', { name: /Test Request.*get \/health/s }).click();
    const client = page.getByRole('dialog');
    await client.getByRole('button', { name: /^Send get request/ }).click();
    await client.getByText('200 OK').waitFor();
    expect(asked).toContain(`${runner.url}/health`);
    expect(asked.filter((url) => new URL(url).origin !== runner.url)).toEqual([]);
    expect(complaints).toEqual([]);

    const refused = await page.evaluate<string>(`new Promise((resolve) => {
      document.addEventListener('securitypolicyviolation', (violation) => resolve(violation.effectiveDirective));
      fetch('https://elsewhere.example/').catch(() => {});
    })`);
    expect(refused).toBe('connect-src');
    await context.close();
  });

  /** A page on which nobody has signed in. */
  const newPage = async () => (await browser.newContext({ viewport: desktop })).newPage();

  async function callMe(page: Page): Promise<void> {
    await page.getByRole('button', { name: /Test Request.*get \/users\/me\)/s }).click();
    const client = page.getByRole('dialog');
    await client.getByRole('button', { name: /^Send get request/ }).click();
    await client.getByText('200 OK').waitFor();
  }

  test('signs in with the demo account by itself, or is the person who is signed in in the chat', async () => {
    const page = await newPage();
    await page.goto(`${runner.url}/docs#tag/users/GET/users/me`);
    await callMe(page);
    await page.getByText(`"email": "${demoAccount.email}"`).first().waitFor();

    const vera = { email: 'vera@example.com', password: 'correct horse', name: 'Vera' };
    const { body: tokens } = await request(runner.url, 'POST', '/auth/register', { body: vera });
    await page.evaluate((text) => localStorage.setItem('tokens', text), JSON.stringify(tokens));
    await page.goto(`${runner.url}/docs?again#tag/users/GET/users/me`);
    await callMe(page);
    await page.getByText(`"email": "${vera.email}"`).first().waitFor();
    await page.context().close();
  });

  test('links to the chat and to the page of the sockets', async () => {
    const page = await newPage();
    await page.goto(`${runner.url}/docs`);
    expect(await page.getByRole('link', { name: 'the chat' }).getAttribute('href')).toBe('/');
    await page.getByRole('link', { name: 'the WebSocket to try' }).click();
    await page.getByRole('heading', { name: 'WebSocket' }).waitFor();
    await page.context().close();
  });
});
