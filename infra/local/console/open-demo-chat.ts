import * as z from 'zod/mini';
import { askAssistant } from '#shared/contract/ai/ask-assistant.ts';
import { login } from '#shared/contract/auth/login.ts';
import { register } from '#shared/contract/auth/register.ts';
import type { Chat } from '#shared/contract/chats/chat.ts';
import { listChats } from '#shared/contract/chats/list-chats.ts';
import { markRead } from '#shared/contract/chats/mark-read.ts';
import { openDirect } from '#shared/contract/chats/open-direct.ts';
import { sendMessage } from '#shared/contract/chats/send-message.ts';
import type { Endpoint } from '#shared/contract/endpoint.ts';
import { createGroup } from '#shared/contract/groups/create-group.ts';
import { joinGroup } from '#shared/contract/groups/join-group.ts';
import { addReaction } from '#shared/contract/messages/add-reaction.ts';
import { editMessage } from '#shared/contract/messages/edit-message.ts';
import { pinMessage } from '#shared/contract/messages/pin-message.ts';
import { demoAccount, demoAnna, demoBoris } from '../demo-accounts.ts';

/** What a client needs to connect to the demo account's chat, or what the server refused. */
export type DemoChat = { accessToken: string; chatId: string } | { refusal: string; wrongPassword: boolean };

const groupName = 'Saturday';
/** A group with fewer messages is one whose start was interrupted. */
const wholeGroup = 10;

/**
 * Logs in as the demo account, over the REST API like any client. At the first start, creates it with two chats: a lively
 * one of three people, with a reply, a reaction, an edited and a pinned message, and with an answer of the assistant if it
 * is a `standIn`, which costs nothing; and a direct one.
 */
export async function openDemoChat(url: string, standIn: boolean): Promise<DemoChat> {
  try {
    const demo = await enter(url, demoAccount);
    const { chats } = await demo.call(listChats);
    const unfinished = chats.find(({ name, lastSeq }) => name === groupName && lastSeq < wholeGroup);
    const [newest] = unfinished ? [] : chats;
    const chatId = newest?.id ?? (await fillChats(url, demo, standIn, unfinished));
    return { accessToken: demo.accessToken, chatId };
  } catch (error) {
    if (error instanceof Refusal) return { refusal: error.message, wrongPassword: error.status === 401 };
    throw error;
  }
}

class Refusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** What the path of an endpoint names, by its placeholders. */
type Params = Record<string, string | number>;

/** A person who is logged in. `call` sends a request and returns the answer's body; throws a Refusal. */
interface Person {
  id: string;
  accessToken: string;
  call<T extends Endpoint>(endpoint: T, body?: object, params?: Params): Promise<z.output<T['response']>>;
}

async function enter(url: string, account: typeof demoAccount): Promise<Person> {
  const { email, password } = account;
  const session = await call(url, login, { email, password }).catch((refusal) =>
    // Registering is refused if the account exists; then the reason why nobody could log in says more.
    call(url, register, account).catch(() => Promise.reject(refusal)),
  );
  const { user, accessToken } = session;
  return {
    id: user.id,
    accessToken,
    call: (endpoint, body, params = {}) => call(url, endpoint, body, params, accessToken),
  };
}

async function call<T extends Endpoint>(
  url: string,
  endpoint: T,
  body?: object,
  params: Params = {},
  token = '',
): Promise<z.output<T['response']>> {
  const { method, path } = endpoint;
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const answer = await fetch(url + filled, {
    method,
    headers: { authorization: `Bearer ${token}` },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!answer.ok)
    throw new Refusal(answer.status, `${method} ${path} answered ${answer.status}: ${await answer.text()}`);
  return z.parse<T['response']>(endpoint.response, await answer.json());
}

/**
 * Fills a new group, or the unfinished one, and a direct chat; some of both is unread. Each message has a clientId, so that
 * it is in its chat once, however often the steps are repeated. Returns the group's id.
 */
async function fillChats(url: string, demo: Person, standIn: boolean, unfinished?: Chat): Promise<string> {
  const group = unfinished ?? (await demo.call(createGroup, { name: groupName, participantIds: [] })).group;
  const [anna, boris] = [await enter(url, demoAnna), await enter(url, demoBoris)];
  const { chat: direct } = await anna.call(openDirect, { userId: demo.id });
  let count = 0;
  const idOfNext = () => `${group.id}-demo-${count++}`;
  const say = async (who: Person, content: string, replyToId?: string, chatId = group.id) => {
    const { message } = await who.call(sendMessage, { content, clientId: idOfNext(), replyToId }, { chatId });
    return { chatId, messageId: message.id, seq: message.seq };
  };
  await say(anna, 'Could you bring your camera on Saturday?', undefined, direct.id);
  for (const friend of [anna, boris]) await friend.call(joinGroup, { inviteCode: group.inviteCode });
  const question = await say(anna, 'Morning! Who is free on Saturday?');
  const time = await say(boris, 'Me, after ten');
  await boris.call(editMessage, { content: 'Me, after nine' }, time);
  const choice = await say(demo, 'Me too. Hills or lake?');
  const lake = await say(boris, 'The lake, if the weather holds 🌤', choice.messageId);
  for (const friend of [anna, demo]) await friend.call(addReaction, undefined, { ...lake, emoji: '👍' });
  await demo.call(pinMessage, undefined, question);
  const asked = { chatId: group.id, question: 'When shall we meet?', clientId: idOfNext() };
  // The stage may allow no questions.
  if (standIn) await demo.call(askAssistant, asked).catch(() => {});
  const { seq } = await say(anna, 'I will ask my sister whether we can have her car');
  await demo.call(markRead, { seq }, { chatId: group.id });
  await say(anna, 'She says yes!');
  await say(boris, 'Great, I will pick you both up at nine');
  return group.id;
}
