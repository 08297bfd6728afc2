import { styleText } from 'node:util';
import { demoAccount, demoAnna } from '../demo-accounts.ts';
import { isAnyAddress, networkAddresses } from '../http/network-addresses.ts';
import type { Runner } from '../runner.ts';
import type { DemoChat } from './open-demo-chat.ts';
import type { Settings } from './settings.ts';
import { socketUrl } from './socket-url.ts';

const bold = (text: string) => styleText('bold', text);

/** Which assistant, Google and FCM answer. */
export function describeServices({ openai, google, fcm }: Settings, { baseUrl, model }: Runner['assistant']): string[] {
  const assistant = openai
    ? `Assistant: ${model} at ${baseUrl}`
    : bold('Assistant: a stand-in. Set OPENAI_API_KEY for a real one.');
  const meetings = google
    ? `Google: ${google.rootUrl ?? 'googleapis.com'}`
    : bold('Google: a stand-in. Set GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET for the real one.');
  const push = fcm
    ? `Push notifications: ${fcm.rootUrl ?? 'fcm.googleapis.com'}`
    : bold('Push notifications: a stand-in. Set GOOGLE_APPLICATION_CREDENTIALS for the real FCM.');
  return [assistant, meetings, push];
}

/** Where everything is, and what to try first. `host` is the address that the server listens on. */
export function describeAddresses(
  runner: Pick<Runner, 'url' | 'wsUrl' | 'networkOrigin'>,
  host: string,
  demo: DemoChat,
): string {
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
${describeNetwork(host, port, runner.networkOrigin)}
  In another terminal, ${variables.filter(Boolean).join('')}npm run demo plays a conversation on this server.
${describeDemo(wsUrl, demo)}
  The server reloads when a source file or cdk.json changes. Press Ctrl-C to stop it.
`;
}

/** The addresses for phones: those of this machine in its networks, if the server listens on all addresses. */
function describeNetwork(host: string, port: string, networkOrigin: string): string {
  if (!isAnyAddress(host)) return '';
  const addresses = networkAddresses().map((address) => `http://${address}:${port}`);
  if (addresses.length === 0) return '\n  This machine is in no network, so no phone can reach it.\n';
  return `\n  From a phone on the same network, use ${addresses.join(' or ')} instead, and ws:// for the sockets.
  Files have URLs that begin with ${networkOrigin}; PUBLIC_URL changes that.\n`;
}

function describeDemo(wsUrl: string, demo: DemoChat): string {
  const { email, password } = demoAccount;
  if ('refusal' in demo)
    return `  The demo accounts cannot be used now; everything else works.
  ${demo.refusal}
  ${demo.wrongPassword ? `One has another password than "${password}". To get new ones, delete .local/ and start again.` : 'The next start tries again.'}
`;
  return `  In the browser, ${email} (password "${password}") has a chat with Anna and Boris.
  To answer as Anna, log in as ${demoAnna.email} in a private window. To chat by hand, run this command and type
  {"type":"message","content":"Hello"}:

npx wscat -c "${socketUrl(wsUrl, demo.chatId, `token=${demo.accessToken}`)}"
`;
}
