import { isFarewell, type Step, tour } from '../../../infra/specs/tour.ts';
import { checkCatchingUp } from '../checks/catching-up.ts';
import { type Chat, createChat } from '../checks/chat.ts';
import { checkCors } from '../checks/cors.ts';
import { type Call, Tourist } from '../checks/endpoints.ts';
import { checkFiles } from '../checks/files.ts';
import { checkFrames } from '../checks/frames.ts';
import { checkHeaders } from '../checks/headers.ts';
import { checkLog, type Stage } from '../checks/seen-in-log.ts';
import { checkSockets } from '../checks/sockets.ts';
import { Variables } from '../checks/variables.ts';
import { Accounts } from '../client/accounts.ts';
import { type Addresses, Backend } from '../client/backend.ts';
import { type Result, Results } from './results.ts';

export interface Options extends Addresses, Stage {
  /** How long an answer or a frame may take. */
  waitMs: number;
}

export interface Report {
  url: string;
  results: Result[];
  calls: Call[];
  /** The emails of accounts that could not be deleted. */
  remaining: string[];
  stopped: boolean;
}

const farewell = tour.filter(isFarewell);
const day = tour.filter((step) => !isFarewell(step));

/** Checks a deployment with two accounts, which it deletes even if it fails or is stopped. Throws if nothing answers. */
export async function smoke(options: Options, signal: AbortSignal, tell: (result: Result) => void): Promise<Report> {
  const { url, waitMs } = options;
  const since = Date.now();
  const backend = new Backend(options, waitMs, signal);
  await backend.send({ method: 'GET', path: '/health' });
  const results = new Results(signal, tell);
  const accounts = new Accounts();
  const tourist = new Tourist(backend, results, accounts, new Variables());
  let remaining: string[] = [];
  const removeAll = async () => {
    remaining = await accounts.removeAll(new Backend(options, waitMs, new AbortController().signal));
  };
  try {
    const chatId = await checkWithAccounts(backend, results, tourist, waitMs).finally(removeAll);
    await results.check('accounts', 'no account is left', async () => {
      if (remaining.length > 0) throw new Error(`These accounts could not be deleted: ${remaining.join(', ')}`);
      return undefined;
    });
    await checkHeaders(backend, results);
    await checkLog(backend, results, options, { chatId, since, signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  return { url, results: results.all, calls: tourist.calls, remaining, stopped: signal.aborted };
}

/** Returns the chat in which messages were sent. */
async function checkWithAccounts(
  backend: Backend,
  results: Results,
  tourist: Tourist,
  waitMs: number,
): Promise<string | undefined> {
  const take = async (steps: readonly Step[]) => {
    for (const step of steps) await tourist.take(step);
  };
  await take(day);
  let chat: Chat | undefined;
  await results.check('sockets', 'the chat for the next checks is created', async () => {
    chat = await createChat(backend, tourist.variables);
    return undefined;
  });
  if (chat) {
    await checkSockets(backend, results, chat);
    await checkFrames(backend, results, chat);
    await checkCatchingUp(backend, results, chat);
    await checkFiles(backend, results, chat, waitMs);
  }
  await checkCors(backend, results);
  await take(farewell);
  return chat?.id;
}
