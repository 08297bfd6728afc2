import { styleText } from 'node:util';
import { demoAccount } from '../demo-account.ts';
import type { DemoAccount } from './open-demo-account.ts';
import type { Settings } from './settings.ts';

const bold = (text: string) => styleText('bold', text);

/** Which assistant and which Google answer. */
export function describeServices({ openai, google }: Settings): string[] {
  const assistant = openai
    ? `Assistant: ${openai.baseUrl}`
    : bold('Assistant: a stand-in. Set OPENAI_API_KEY for a real one.');
  const meetings = google
    ? `Google: ${google.rootUrl ?? 'googleapis.com'}`
    : bold('Google: a stand-in. Set GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET for the real one.');
  return [assistant, meetings];
}

/** Where everything is, and what to try first. */
export function describeAddresses(url: string, { accessToken, chatId }: DemoAccount): string {
  const { email, password } = demoAccount;
  const wsUrl = url.replace('http', 'ws');
  const { port } = new URL(url);
  const column = (address: string) => address.padEnd(url.length + 8);
  return `Ready.

  Chat       ${column(`${url}/`)}open it in a browser
  Reference  ${column(`${url}/docs`)}read about every endpoint and try it
  REST       ${column(url)}the app's API_BASE_URL
  WebSocket  ${column(wsUrl)}the app's WS_BASE_URL
  Health     ${url}/health

  In another terminal, ${port === '3000' ? '' : `PORT=${port} `}npm run demo plays a conversation on this server. To chat by hand as
  ${email} (password "${password}"), run this command there and type {"type":"message","content":"Hello"}:

npx wscat -c "${wsUrl}/ws/chat/${chatId}?token=${accessToken}"

  The server reloads when a source file changes. Press Ctrl-C to stop it.
`;
}
