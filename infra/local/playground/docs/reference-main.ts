import { demoAccount } from '../../demo-accounts.ts';
import { signIn } from './docs-session.ts';

/** What the script of the page knows of OpenAPI and of Scalar, which the page loads before. */
interface OpenApi {
  info: { description: string };
  paths: { '/auth/login': { post: { requestBody: { content: { 'application/json': Content } } } } };
}
interface Content {
  examples: { emailAndPassword: { value: object } };
}
declare const Scalar: { createApiReference(selector: string, settings: object): void };

/** Loads nothing from other servers, sends no telemetry, and sends the requests that one tries to this server. */
const settings = {
  withDefaultFonts: false,
  telemetry: false,
  agent: { disabled: true },
  mcp: { disabled: true },
  hideClientButton: true,
  showDeveloperTools: 'never',
};

const [api, visitor] = await Promise.all([
  fetch('/openapi.json').then((answer) => answer.json() as Promise<OpenApi>),
  signIn(),
]);
const { examples } = api.paths['/auth/login'].post.requestBody.content['application/json'];
const { email, password } = demoAccount;
examples.emailAndPassword.value = { email, password };
const name = visitor?.session.user?.name;
const who = name ? `This page sends its requests as **${name}**.` : 'Sign in in the chat, then reload this page.';
api.info.description = `On this machine: [the chat](/) and [the WebSocket to try](/docs/websocket). ${who}\n\n${api.info.description}`;
Scalar.createApiReference('#reference', {
  ...settings,
  content: api,
  servers: [{ url: location.origin, description: 'This server' }],
  authentication: {
    preferredSecurityScheme: 'bearer',
    ...(visitor && { securitySchemes: { bearer: { token: visitor.session.accessToken } } }),
  },
  persistAuth: !visitor,
});
