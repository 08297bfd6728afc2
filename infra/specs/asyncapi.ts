import { type ProblemCode, problems } from '#shared/contract/problems.ts';
import { connectProblems, frameProblems } from '#shared/contract/websocket/index.ts';
import { frames, license, socketDescription, title } from './descriptions.ts';
import { exampleOf, pathExample } from './fixtures.ts';
import type { JsonObject } from './json.ts';
import { componentSchema, componentsFor } from './schemas.ts';

type Frame = keyof typeof frames;

/** The WebSocket protocol as AsyncAPI 3.0, described from the server's side. */
export function asyncapi(version: string): JsonObject {
  const names = Object.keys(frames) as Frame[];
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
        description: `A handshake can be refused with one of these statuses. The client gets no body and so no code; \`POST /auth/ticket\` with the \`chatId\` answers with it.\n\n${listWithStatus(connectProblems)}`,
        parameters: {
          chatId: { description: 'A chat in which I am a participant.', examples: [pathExample.chatId ?? ''] },
        },
        messages: Object.fromEntries(names.map((name) => [name, { $ref: `#/components/messages/${name}` }])),
        bindings: { ws: { method: 'GET', query: query(), bindingVersion: '0.1.0' } },
      },
    },
    operations: {
      message: receive('MessageFrame', ['Message'], frameProblems.message),
      sync: receive('SyncFrame', ['Message', 'ChangedFrame', 'SyncedFrame'], frameProblems.sync),
      ping: receive('PingFrame', ['PongFrame'], frameProblems.ping),
      deliver: send('Message'),
      changed: send('ChangedFrame'),
      read: send('ReadFrame'),
      aiDelta: send('AiDeltaFrame'),
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

/** The parameters of the query string. The chat is in the path. */
function query(): JsonObject {
  const { chatId, ...properties } = componentSchema('ConnectQuery').properties as JsonObject;
  return { type: 'object', properties };
}

const channel = { $ref: '#/channels/chat' };
const inChannel = (name: Frame) => ({ $ref: `#/channels/chat/messages/${name}` });

const operation = (action: string, name: Frame): JsonObject => ({
  action,
  channel,
  summary: frames[name],
  messages: [inChannel(name)],
});

const send = (name: Frame) => operation('send', name);

const receive = (name: Frame, answers: Frame[], codes: readonly ProblemCode[]): JsonObject => ({
  ...operation('receive', name),
  description: `The server can refuse it with an \`ErrorFrame\` that has one of these codes:\n\n${list(codes)}`,
  reply: { channel, messages: [...answers, 'ErrorFrame' as const].map(inChannel) },
});
