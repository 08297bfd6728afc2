import { login } from '#shared/contract/auth/login.ts';
import { listChats } from '#shared/contract/chats/list-chats.ts';
import { listMessages } from '#shared/contract/chats/list-messages.ts';
import { markRead } from '#shared/contract/chats/mark-read.ts';
import { sendMessage } from '#shared/contract/chats/send-message.ts';
import { getMe } from '#shared/contract/users/get-me.ts';
import { takeNumber } from '#shared/data/chats/numbers.ts';
import { call, handlerOf } from '../support/call.ts';
import { countOperations } from '../support/count-operations.ts';
import { invokeSocket } from '../support/invoke.ts';
import { connect, newGroup, newPerson, type Person, password } from '../support/people.ts';
import { compareImports } from './imports.ts';
import { printRow } from './table.ts';

const times = 200;
/** Of the sending allowance: ten in two seconds. */
const sends = 9;

/** Prints for each action its operations, round trips, CPU time, and its function's size and import time. */
export async function measureActions(): Promise<void> {
  const [anna, boris] = await Promise.all([newPerson(), newPerson()]);
  const { id: chatId } = await newGroup(anna, boris);
  // A user may have a hundred sockets.
  const crowd = await Promise.all(Array.from({ length: 5 }, () => newPerson()));
  const { id: crowded } = await newGroup(anna, ...crowd);
  const params = { chatId };
  const send = await handlerOf('websocket/message');
  const sync = await handlerOf('websocket/sync');
  let n = 0;
  const frame = (clientId?: string) => ({ type: 'message', content: 'Hello there', ...(clientId && { clientId }) });
  const overSocket = async (clientId?: () => string) => {
    // A participant may send ten in two seconds.
    const { id } = await newGroup(anna, boris);
    const socket = await connect(anna, id);
    return () => invokeSocket(send, 'message', socket, { frame: frame(clientId?.()) });
  };
  const open = await connect(boris, chatId);
  const reading = async () => {
    const { id } = await newGroup(boris);
    for (let taken = 0; taken < times; taken++) await takeNumber(id, { userId: 'somebody' });
    let seq = 1;
    return () => call(markRead, boris, { params: { chatId: id }, body: { seq: ++seq } });
  };
  const overRest = async () => {
    const { id } = await newGroup(anna, boris);
    return () => call(sendMessage, anna, { params: { chatId: id }, body: { content: 'Hello there' } });
  };
  const rows: [string, string, number, () => Promise<() => Promise<unknown>>][] = [
    ['connect', 'websocket/connect', times, async () => () => connect(crowd[n++ % crowd.length] as Person, crowded)],
    ['send, socket', 'websocket/message', sends, () => overSocket()],
    ['send, socket, clientId', 'websocket/message', sends, () => overSocket(() => `c${n++}`)],
    ['send, REST', 'chats/send-message', sends, overRest],
    [
      'sync, nothing new',
      'websocket/sync',
      50,
      async () => () => invokeSocket(sync, 'sync', open, { frame: { type: 'sync', after: 1e6 } }),
    ],
    ['read 100 messages', 'chats/list-messages', times, async () => () => call(listMessages, boris, { params })],
    ['mark read', 'chats/mark-read', times, reading],
    ['list chats', 'chats/list-chats', times, async () => () => call(listChats, anna)],
    ['log in', 'auth/login', 3, async () => () => call(login, undefined, { body: { email: anna.email, password } })],
    ['own profile', 'users/get-me', times, async () => () => call(getMe, anna)],
  ];
  const importsOf = await compareImports([...new Set(rows.map(([, functionName]) => functionName))]);
  for (const [name, functionName, count, prepare] of rows) {
    await repeat(await prepare(), Math.min(count, sends));
    const { operations, trips } = await countOperations(await prepare());
    const cpu = await cpuOf(await prepare(), count);
    printRow(name, { operations: operations.length, trips, cpu: cpu.toFixed(1), ...importsOf(functionName) });
  }
}

async function repeat(action: () => Promise<unknown>, count: number): Promise<void> {
  for (let n = 0; n < count; n++) await action();
}

/** Milliseconds of this process for one. */
async function cpuOf(action: () => Promise<unknown>, count: number): Promise<number> {
  const before = process.cpuUsage();
  await repeat(action, count);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / count;
}
