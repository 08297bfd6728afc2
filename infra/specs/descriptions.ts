/** The prose of the specifications, but for what the contract itself says. */

export const title = 'Group chat';

export const license = { name: 'MIT', url: 'https://opensource.org/license/mit' };

export const restDescription = `Accounts, chats, groups, messages, an assistant and meetings. What the server
sends by itself, over a WebSocket, is in \`/asyncapi.json\`.

**Answers.** Success is always 200. A refusal is \`application/problem+json\` (RFC 9457) with a \`code\` that never
changes: test for \`code\`, not for the status or the words. There may be new codes and new fields: ignore what you do not
know. A field without a value is left out, never null.

**Tokens.** Log in, then send \`Authorization: Bearer {accessToken}\`. On 401 \`token_expired\` get a new access token from
\`POST /auth/refresh\` and repeat the request; on any other 401 about a token log in again.

**Trying again.** On 429 and 503 wait for the number of seconds in \`Retry-After\`. A message that is sent again with the same
\`clientId\` is stored once.

Before a request reaches an endpoint, API Gateway can refuse it with \`{"message"}\` and 429 (all clients together send too
much), 413 (over 10 MB) or 503 (no answer in 30 seconds). An unknown path is 404 \`route_not_found\`, another method 405
\`method_not_allowed\`.`;

/** What an endpoint is called in a list: its summary up to the first detail. */
export const titleOf = ({ summary }: { summary: string }): string => summary.replace(/[;(:,].*/, '').trim();

/** The groups of endpoints, by the first word of their names. */
export const tags: Record<string, string> = {
  auth: 'Accounts, sessions and tokens.',
  users: 'My profile, and other people.',
  chats: 'Chats of both types, their messages, and what was read.',
  groups: 'Groups, their members and invite codes.',
  ai: 'The assistant.',
  google: 'Google accounts and Meet links.',
  docs: 'These specifications.',
  health: 'Whether it is up.',
};

export const bearerDescription =
  'The `accessToken` that logging in, registering or refreshing gives. It is good for an hour.';

export const socketDescription = `The messages of a chat as they come, on one connection for each chat. Everything else is over REST: \`/openapi.json\`.

Connect to \`/ws/chat/{chatId}?token={accessToken}\`, or with \`?ticket=\` from \`POST /auth/ticket\`, which keeps the token out
of the URL. Frames are JSON in text. The operations below are the server's: it receives what a client sends.

A client that loses nothing keeps these rules:

- **Every message has a number**, \`seq\`: 1, 2, 3... in its chat, the same for everybody. Frames may come late, twice or
  in another order: show them by number, and drop a number that you have already.
- **Keep a cursor**, the number up to which nothing is missing. Connect first, then send \`sync\` after the cursor; \`synced\`
  says where the cursor is now, and with \`more\` ask again at once. A frame with the next number moves the cursor on. While
  you have a number beyond it, ask again: after a second, then each time after twice as long. A number that stays empty
  for a minute was used by nobody, and \`synced\` steps over it. After days away it is better to page by
  \`GET /chats/{chatId}/messages?after=\`.
- **Send with a \`clientId\`** of your choosing, and after a lost answer send again with the same one, over REST or over the
  socket: you get the first message back, and nothing is stored twice. With \`events=1\` a message that is sent again may also
  come again. Messages that are sent side by side get their numbers in any order: where the order matters, send the next one
  when the last has come back.
- **Ignore frames and fields that you do not know**: there may be new ones. Messages are the frames with a
  \`seq\` and a \`content\`, whatever their \`type\`; every other frame has a \`type\` of its own, but for one. When the function behind a frame fails
  or takes too long, API Gateway itself sends
  \`{"message":"Internal server error","connectionId":"L0SM9cOFvHcCIhw=","requestId":"JKJaXmPLvHcESHA="}\`, with neither
  \`type\` nor \`clientId\`: what you sent may have been stored or not, so send it again with the same \`clientId\`.
- **When the server closes a connection**, you may no longer have a right to it (session ended, removed, blocked): ask over
  REST before you connect again. API Gateway closes a connection after 10 minutes without traffic and after 2 hours in
  all: send \`ping\`, and reconnect.`;

/** What each frame is for, by the name of its schema. */
export const frames = {
  MessageFrame: 'Says something. The stored message comes back on every connection of the chat, the sender’s too.',
  SyncFrame: 'Asks for what came after a number: those messages in their order, 500 at most, then `synced`.',
  PingFrame: 'Keeps the connection from falling idle.',
  Message:
    'A message of the chat, whoever sent it and however. It has no frame type of its own: `type` is `text`, `ai` or `system`.',
  SyncedFrame: 'The end of an answer to `sync`.',
  PongFrame: 'The answer to `ping`.',
  ErrorFrame: 'Why a frame was refused. The connection stays open.',
  ReadFrame:
    'Somebody has read up to a message. Only for connections with `events=1`, and not in rooms of more than 250 connections.',
  AiDeltaFrame:
    'More of an answer that the assistant is still writing; the message with that id follows, whole. Only for connections with `events=1`, and not in rooms of more than 250 connections.',
};
