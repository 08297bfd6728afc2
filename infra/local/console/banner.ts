import { styleText } from 'node:util';
import { demoAccount } from '../demo-account.ts';
import { socketUrl } from '../playground/client/socket-url.ts';
import type { Runner } from '../runner.ts';
import type { DemoAccount } from './open-demo-account.ts';
import type { Settings } from './settings.ts';

const bold = (text: string) => styleText('bold', text);

/** Which assistant and which Google answer. */
export function describeServices({ openai, google }: Settings, { baseUrl, model }: Runner['assistant']): string[] {
  const assistant = openai
    ? `Assistant: ${model} at ${baseUrl}`
    : bold('Assistant: a stand-in. Set OPENAI_API_KEY for a real one.');
  const meetings = google
    ? `Google: ${google.rootUrl ?? 'googleapis.com'}`
    : bold('Google: a stand-in. Set GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET for the real one.');
  return [assistant, meetings];
}

/** Where everything is, and what to try first. */
export function describeAddresses(runner: Runner, account: DemoAccount | undefined): string {
  const named = (address: string) => address.replace('127.0.0.1', 'localhost');
  const [url, wsUrl] = [named(runner.url), named(runner.wsUrl)];
  const { port } = new URL(url);
  const variables = [port !== '3000' && `PORT=${port} `, wsUrl.endsWith('/live') && `WS_BASE_URL=${wsUrl} `];
  const column = (address: string) => address.padEnd(url.length + 8);
  return `Ready.

  Chat       ${column(`${url}/`)}open it in a browser
  Reference  ${column(`${url}/docs`)}read about every endpoint and try it
  REST       ${column(url)}the app's API_BASE_URL
  WebSocket  ${column(wsUrl)}the app's WS_BASE_URL
  Health     ${url}/health

  In another terminal, ${variables.filter(Boolean).join('')}npm run demo plays a conversation on this server.
${describeAccount(wsUrl, account)}
  The server reloads when a source file or cdk.json changes. Press Ctrl-C to stop it.
`;
}

function describeAccount(wsUrl: string, account: DemoAccount | undefined): string {
  const { email, password } = demoAccount;
  if (!account)
    return `  Logging in as ${email} failed. Is "${password}" still its password? Delete .local/ to start with new data.
`;
  return `  To chat by hand as ${email} (password "${password}"), run this command there and type
  {"type":"message","content":"Hello"}:

npx wscat -c "${socketUrl(wsUrl, account.chatId, `token=${account.accessToken}`)}"
`;
}
