import { createReadStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { demoAccount } from '../demo-accounts.ts';
import { pagePolicy } from './content-security-policy.ts';

/** The page on which to read about the endpoints and try them. */
export const apiReferencePath = '/docs';
const scalarPath = `${apiReferencePath}/scalar.js`;
const startPath = `${apiReferencePath}/start.js`;

/** Scalar in one file. The package @scalar/api-reference would install 230 others; this one contains little else. */
const scalar = join(import.meta.dirname, '../../../node_modules/@scalar/fastify-api-reference/dist/js/standalone.js');

/** Loads nothing from other servers, sends no telemetry, and sends the requests that one tries to this server. */
const settings = {
  withDefaultFonts: false,
  telemetry: false,
  agent: { disabled: true },
  mcp: { disabled: true },
  hideClientButton: true,
  showDeveloperTools: 'never',
};

/** Scalar writes its styles into the page, so inline styles have to be allowed. */
const policy = pagePolicy("'unsafe-inline'");

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Group chat</title>
    <link rel="icon" href="data:,">
  </head>
  <body>
    <div id="reference"></div>
    <script src="${scalarPath}"></script>
    <script type="module" src="${startPath}"></script>
  </body>
</html>
`;

const { email, password } = demoAccount;

/** Logs in with the demo account, links to the web client, and uses the token of the person who is signed in there. */
const start = `const api = await (await fetch('/openapi.json')).json();
const { examples } = api.paths['/auth/login'].post.requestBody.content['application/json'];
examples.emailAndPassword.value = ${JSON.stringify({ email, password })};
api.info.description += '\\n\\n**The chat** on this machine is [here](/). If you are signed in there, requests use your token.';
const { accessToken: token } = JSON.parse(localStorage.getItem('tokens')) ?? {};
Scalar.createApiReference('#reference', {
  ...${JSON.stringify(settings)},
  content: api,
  servers: [{ url: location.origin, description: 'This server' }],
  authentication: { preferredSecurityScheme: 'bearer', ...(token && { securitySchemes: { bearer: { token } } }) },
  persistAuth: !token,
});
`;

export async function showApiReference(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const answer = (type: string, cache: string) =>
    response.writeHead(200, {
      'content-type': `${type}; charset=utf-8`,
      'cache-control': cache,
      'content-security-policy': policy,
      'referrer-policy': 'no-referrer',
    });
  if (request.url === scalarPath) await pipeline(createReadStream(scalar), answer('text/javascript', 'max-age=3600'));
  else if (request.url === startPath) answer('text/javascript', 'no-cache').end(start);
  else answer('text/html', 'no-cache').end(page);
}
