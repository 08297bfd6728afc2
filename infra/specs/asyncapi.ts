import { type ProblemCode, problems } from '#shared/contract/problems.ts';
import { connectProblems, frameProblems } from '#shared/contract/websocket/index.ts';
import { frames, license, socketDescription, title } from './descriptions.ts';
import { exampleOf, pathExample } from './fixtures.ts';
import type { JsonObject } from './json.ts';
import { componentSchema, componentsFor } from './schemas.ts';

type Frame = keyof typeof frames;

const names = Object.keys(frames) as Frame[];
/** What only inboxes get. */
const onlyOnInbox: Frame[] = ['ChatFrame', 'ChatRemovedFrame'];
const inChatNames = names.filter((name) => !onlyOnInbox.includes(name));

/** The WebSocket protocol as AsyncAPI 3.0, described from the server's side. */
export function asyncapi(version: string): JsonObject {
  const messages = Object.fromEntries(names.map((name) => [name, message(name)]));
  return {
    asyncapi: '3.0.0',
    info: { title, version, description: socketDescription, license },
    defaultContentType: 'application/json',
    servers: {
      local: { host: 'localhost:3000', protocol: 'ws', description: 'npm start', security },
      aws: {
        host: '{host}',
        protocol: 'wss',
        description: 'AWS: WsBaseUrl in the outputs of cdk deploy',
        security,
        variables: { host: { default: 'd111111abcdef8.cloudfront.net' } },
      },
    },
    channels: {
      chat: {
        address: '/ws/chat/{chatId}',
        title: 'One chat',
        description: handshake(connectProblems),
        parameters: {
          chatId: { description: 'A chat in which I am a participant.', examples: [pathExample.chatId ?? ''] },
        },
        ...socket(inChatNames, ['inbox', 'chatId']),
      },
      inbox: {
        address: '/ws/inbox',
        title: 'All my chats',
        description: handshake(connectProblems.filter((code) => !aboutChat.includes(code))),
        ...socket(names, ['inbox', 'chatId', 'events']),
      },
    },
    operations: {
      ...operationsOn('chat'),
      ...Object.fromEntries(Object.entries(operationsOn('inbox')).map(([name, one]) => [`${name}OnInbox`, one])),
      chat: send('inbox', 'ChatFrame'),
      chatRemoved: send('inbox', 'ChatRemovedFrame'),
    },
    components: { messages, securitySchemes, schemas: componentsFor(messages) },
  };
}

const securitySchemes = {
  token: { type: 'httpApiKey', name: 'token', in: 'query', description: 'An access token.' },
  ticket: {
    type: 'httpApiKey',
    name: 'ticket',
    in: 'query',
    description: 'A ticket from POST /auth/ticket. It opens one socket.',
  },
};
const security = Object.keys(securitySchemes).map((name) => ({ $ref: `#/components/securitySchemes/${name}` }));

const line = (code: ProblemCode) => `\`${code}\`: ${problems[code].title}`;
const list = (codes: readonly ProblemCode[]) => codes.map((code) => `- ${line(code)}`).join('\n');
const inline = (codes: readonly ProblemCode[]) => codes.map((code) => `\`${code}\``).join(', ');
const listWithStatus = (codes: readonly ProblemCode[]) =>
  codes.map((code) => `- ${problems[code].status} ${line(code)}`).join('\n');

const errorCodes = `The code is one of these; each operation lists its own:

${list([...new Set(Object.values(frameProblems).flat())])}

A frame that is not JSON, or has an unknown type, gets one of ${inline(frameProblems.$default)}.`;

function message(name: Frame): JsonObject {
  const payload = { $ref: `#/components/schemas/${name}` };
  const examples = [{ payload: exampleOf(payload) }];
  const codes = name === 'ErrorFrame' && { description: errorCodes };
  return { name, title: name, summary: frames[name], ...codes, payload, examples };
}

const aboutChat: ProblemCode[] = ['not_a_participant', 'blocked'];

const handshake = (codes: readonly ProblemCode[]) =>
  `A handshake can be refused with one of these statuses. The client gets no body and so no code; \`POST /auth/ticket\` answers with it.\n\n${listWithStatus(codes)}`;

/** The frames of a channel, and the parameters of its query string without those that the path stands for. */
function socket(frameNames: Frame[], inPath: string[]): JsonObject {
  const all = Object.entries(componentSchema('ConnectQuery').properties as JsonObject);
  const properties = Object.fromEntries(all.filter(([name]) => !inPath.includes(name)));
  return {
    messages: Object.fromEntries(frameNames.map((name) => [name, { $ref: `#/components/messages/${name}` }])),
    bindings: { ws: { method: 'GET', query: { type: 'object', properties }, bindingVersion: '0.1.0' } },
  };
}

type Channel = 'chat' | 'inbox';

const operation = (channel: Channel, action: string, name: Frame): JsonObject => ({
  action,
  channel: { $ref: `#/channels/${channel}` },
  summary: frames[name],
  messages: [on(channel)(name)],
});

const on = (channel: Channel) => (name: Frame) => ({ $ref: `#/channels/${channel}/messages/${name}` });

const send = (channel: Channel, name: Frame) => operation(channel, 'send', name);

const receive = (channel: Channel, name: Frame, answers: Frame[], codes: readonly ProblemCode[]): JsonObject => ({
  ...operation(channel, 'receive', name),
  description: `The server can refuse it with an \`ErrorFrame\` that has one of these codes:\n\n${list(codes)}`,
  reply: {
    channel: { $ref: `#/channels/${channel}` },
    messages: [...answers, 'ErrorFrame' as const].map(on(channel)),
  },
});

/** What a client may send, by the type of the frame, and what the server sends on its own. */
const operationsOn = (channel: Channel): JsonObject => ({
  message: receive(channel, 'MessageFrame', ['Message'], frameProblems.message),
  sync: receive(channel, 'SyncFrame', ['Message', 'ChangedFrame', 'SyncedFrame'], frameProblems.sync),
  typing: receive(channel, 'TypingFrame', [], frameProblems.typing),
  read: receive(channel, 'MarkReadFrame', ['ReadFrame'], frameProblems.read),
  ping: receive(channel, 'PingFrame', ['PongFrame'], frameProblems.ping),
  deliver: send(channel, 'Message'),
  changed: send(channel, 'ChangedFrame'),
  hasRead: send(channel, 'ReadFrame'),
  isTyping: send(channel, 'UserTypingFrame'),
  aiDelta: send(channel, 'AiDeltaFrame'),
});
