import type { Page, WebSocketRoute } from 'playwright-core';

/** A chat with more messages than a test could send: the page gets them from here, and the rest from the server. */

interface LongChat {
  /** The number of the newest message. */
  readonly last: number;
  /** Lets the page receive this many messages, each with a sign that its author is typing and a read mark. */
  receive(count: number): void;
}

const words =
  'The lake is calm in the morning and nobody is there before nine except for the two of us with our boat'.split(' ');
const startedAt = Date.parse('2026-01-05T08:00:00Z');

/** A few words or several lines, as people write; nine minutes apart. */
function message(chatId: string, authors: readonly { id: string; name: string }[], seq: number) {
  const { id: userId, name: userName } = authors[Math.floor(seq / 3) % authors.length] ?? { id: '', name: '' };
  return {
    ...{ id: `message-${seq}`, chatId, userId, userName, type: 'text', seq },
    content: Array.from({ length: 3 + ((seq * 7) % 40) }, (_, n) => words[(n + seq) % words.length]).join(' '),
    createdAt: new Date(startedAt + seq * 540_000).toISOString(),
  };
}

/** Call it before the page opens the chat, which the server knows as an empty one. */
export async function makeLong(
  page: Page,
  chatId: string,
  authors: readonly { id: string; name: string }[],
  length: number,
): Promise<LongChat> {
  const state = { last: length };
  const sockets: WebSocketRoute[] = [];
  const range = (first: number, last: number) => {
    const [from, to] = [Math.max(1, first), Math.min(state.last, last)];
    return Array.from({ length: Math.max(0, to - from + 1) }, (_, n) => message(chatId, authors, from + n));
  };
  await page.route(new RegExp(`/chats/${chatId}/messages\\?`), async (route) => {
    const query = new URL(route.request().url()).searchParams;
    const [limit, before, after, around] = ['limit', 'before', 'after', 'around'].map((name) =>
      Number(query.get(name)),
    );
    const first = after ? after + 1 : around ? around - (limit ?? 0) / 2 : (before || state.last + 1) - (limit ?? 0);
    const response = await route.fetch();
    const messages = range(first, Math.min(first + (limit ?? 0) - 1, (before || Number.POSITIVE_INFINITY) - 1));
    await route.fulfill({ response, json: { ...(await response.json()), messages } });
  });
  const long = (chat: { id: string }) => (chat.id === chatId ? { ...chat, lastSeq: state.last, unreadCount: 0 } : chat);
  await page.route(new RegExp(`/chats(/${chatId})?$`), async (route) => {
    const response = await route.fetch();
    const { chat, chats, ...rest } = await response.json();
    await route.fulfill({ response, json: { ...rest, chat: chat && long(chat), chats: chats?.map(long) } });
  });
  await page.route(new RegExp(`/chats/${chatId}/read$`), (route) => route.fulfill({ json: {} }));
  await page.routeWebSocket(/\/ws\//, (socket) => {
    socket.connectToServer();
    sockets.push(socket);
  });
  return {
    get last() {
      return state.last;
    },
    receive(count) {
      for (let n = 0; n < count; n++) {
        state.last++;
        const frame = message(chatId, authors, state.last);
        for (const one of [{ type: 'typing' }, frame, { type: 'read', seq: state.last }])
          sockets.at(-1)?.send(JSON.stringify({ chatId, userId: frame.userId, ...one }));
      }
    },
  };
}
