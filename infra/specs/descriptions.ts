/** The prose of the specifications. Texts about single endpoints and fields are in the contract. */

export const title = 'Group chat';

export const license = { name: 'MIT', url: 'https://opensource.org/license/mit' };

export const restDescription = `Accounts, chats, groups, messages, an assistant and meetings. What the server sends on its own,
over a WebSocket, is described in \`/asyncapi.json\`.

**Answers.** A successful request is always answered with 200. A refusal is \`application/problem+json\` (RFC 9457) with a \`code\` that never
changes: check \`code\`, not the status or the text. New codes and new fields may be added: ignore those you do not
know. A field without a value is left out, never null.

**Tokens.** Log in, then send \`Authorization: Bearer {accessToken}\`. On 401 \`token_expired\` get a new access token from
\`POST /auth/refresh\` and repeat the request; on any other 401 about a token log in again.

**Retries.** On 429 and 503 wait for the number of seconds in \`Retry-After\`. A message that is sent again with the same
\`clientId\` is stored once.

API Gateway can refuse a request before it reaches an endpoint: with \`{"message"}\` and 429 (too many requests from all
clients together), 413 (over 6 MB) or 503 (no answer in 30 seconds). An unknown path is 404 \`route_not_found\`, a wrong
method 405 \`method_not_allowed\`.`;

/** The short title of an endpoint: its summary up to the first punctuation. */
export const titleOf = ({ summary }: { summary: string }): string => summary.replace(/[;(:,].*/, '').trim();

/** Descriptions of the groups of endpoints. A group is the first part of an endpoint's name. */
export const tags: Record<string, string> = {
  auth: 'Accounts, sessions and tokens.',
  users: 'My profile and other users.',
  chats: 'Direct chats and groups, their messages and read marks.',
  messages: 'Changes of messages: edits, deletions, reactions and pins.',
  groups: 'Groups, their members and invite codes.',
  files: 'Files, which are uploaded to a bucket and then sent with messages or set as pictures.',
  ai: 'The assistant.',
  google: 'Google accounts and Meet links.',
  docs: 'The specifications.',
  health: 'The state of the service.',
};

export const bearerDescription =
  'The `accessToken` from logging in, registering or refreshing. It is valid for one hour.';

export const socketDescription = `The live messages of one chat, or of all my chats on one connection, the inbox. Everything else is REST: \`/openapi.json\`.

Connect to \`/ws/chat/{chatId}?token={accessToken}\`, or to \`/ws/inbox?token={accessToken}\`. A \`?ticket=\` from
\`POST /auth/ticket\` in place of the token keeps it out of the URL. On an inbox \`events=1\` is implied, and each frame that a
client sends has the \`chatId\` that it is about; \`ping\` has none. Each chat has its own cursors and its own \`sync\`. Frames are JSON text. The operations below are described from the server's side: it receives what a client sends.

Rules for a client that loses nothing:

- **Every message has a number**, \`seq\`: 1, 2, 3... in its chat, the same for everyone. Frames may arrive late, twice or
  out of order: sort them by number, and drop those that you already have.
- **Keep a cursor**, the number up to which you have every message. Connect first, then send \`sync\` after the cursor.
  \`synced\` returns the new cursor; with \`more\` send \`sync\` again at once. A frame with the next number advances the cursor.
  While you hold a number beyond the next one, send \`sync\` again: after one second, then after twice as long each time. A
  number that is still missing after a minute was never used, and \`synced\` skips it. After days offline, page through
  \`GET /chats/{chatId}/messages?after=\` instead.
- **Messages change**: they are edited, deleted, pinned and reacted to. Each change has a number in its chat too, \`rev\`, and
  \`version\` orders the states of a message: keep the one with the higher version; a deleted message stays deleted. Keep a
  second cursor over changes, \`rev\` and \`epoch\` of the answer with the newest page, and send both with \`sync\`. The \`rev\`
  of \`synced\` advances it, and so does a live \`changed\` frame with the next \`rev\`. With \`more\`, send \`next\` in place of
  \`rev\`; the cursor after the last page is the \`rev\` of the first one. While the cursor is below \`head\`, send \`sync\` again
  after a minute. With \`reset\`, forget the chat and load its newest page. A change of a message also changes its quotes.
  Without \`rev\`, \`sync\` is answered with messages alone.
- **Send with a \`clientId\`** of your choice. If the answer is lost, send the message again with the same \`clientId\`, over
  REST or over the socket: you get the first message back, and nothing is stored twice. With \`events=1\` the retry may also
  deliver the message again. Messages that are sent in parallel get their numbers in any order: where the order matters,
  send the next message after the previous one has come back.
- **Ignore frames and fields that you do not know**, because new ones may be added. A message is any frame with a \`seq\` and
  a \`content\`, whatever its \`type\`. Every other frame has its own \`type\`, with one exception. When the function behind a
  frame fails or takes too long, API Gateway itself sends
  \`{"message":"Internal server error","connectionId":"L0SM9cOFvHcCIhw=","requestId":"JKJaXmPLvHcESHA="}\`, without
  \`type\` and \`clientId\`. What you sent may or may not be stored, so send it again with the same \`clientId\`. The
  message \`Too Many Requests\` says that it throttles frames: wait before you send again, longer each time.
- **If the server closes a connection**, you may no longer be authorised (session ended, removed, blocked). Check over REST
  before you reconnect. API Gateway closes a connection after 10 minutes without traffic and after 2 hours in any case: send
  \`ping\`, and reconnect.`;

/** What each frame does, by the name of its schema. */
export const frames = {
  MessageFrame: 'Sends a message. The stored message goes to every connection of the chat, including the sender’s.',
  SyncFrame:
    'Asks for the messages after a number and, with `rev`, for those changed since. The answer is up to 500 messages in order, then up to 500 `changed` frames, then `synced`.',
  ChangedFrame:
    'A message was edited, deleted or pinned, or somebody reacted to it; `message` is its new state. Live only with `events=1`; reactions only in chats of up to 50 participants.',
  TypingFrame:
    'Says that I am writing. Nothing is answered; more than one in five seconds per chat is dropped, also without an answer.',
  MarkReadFrame:
    'Marks messages as read up to a number; the mark never moves back. The answer is a `read` frame with the mark.',
  PingFrame: 'Keeps the connection from going idle.',
  Message:
    'A message of the chat, from any participant and any endpoint. It has no frame type of its own: `type` is `text`, `ai` or `system`.',
  SyncedFrame: 'The end of the answer to `sync`.',
  PongFrame: 'The answer to `ping`.',
  ErrorFrame: 'Why a frame was refused. The connection stays open.',
  ReadFrame:
    'Live frame: a participant has read up to a message. Sent only with `events=1`, only in chats of up to 20 participants, and only to the authors of the messages that were newly read and to the reader’s own connections. The reader’s own inboxes get it in chats of any size. Also the answer to a `read` frame of one’s own.',
  UserTypingFrame:
    'Live frame: a participant is writing. Sent only with `events=1`, and only in chats of up to 10 participants, or as many as the stage allows.',
  ChatFrame:
    'Only on inboxes: I am in this chat now, or something about it has changed for me alone. `GET /chats/{chatId}` has it.',
  ChatRemovedFrame: 'Only on inboxes: I am not in this chat any more, or have removed it from my list.',
  AiDeltaFrame:
    'Live frame: the next part of an answer that the assistant is writing. The whole message with that id follows. Sent only to connections with `events=1`, and not in chats with more than 250 connections, nor on inboxes in chats of more than 250 participants.',
};
