import { createReadStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { bundle } from './bundle.ts';
import { pagePolicy } from './content-security-policy.ts';

/** The pages on which to read about the endpoints and the sockets, and to try them. */
export const apiReferencePath = '/docs';
const socketPath = `${apiReferencePath}/websocket`;

/** Scalar in one file. The package @scalar/api-reference would install 230 others; this one contains little else. */
const scalar = join(import.meta.dirname, '../../../node_modules/@scalar/fastify-api-reference/dist/js/standalone.js');

/** Scalar writes its styles into the page, so inline styles have to be allowed. */
const policies = { rest: pagePolicy("'unsafe-inline'"), socket: pagePolicy("'self'") };

interface Page {
  title: string;
  /** Besides what all pages have. */
  head?: string;
  body: string;
}

const page = (wsPath: string, { title, head = '', body }: Page): string => `<!doctype html>
<html lang="en" data-ws-path="${wsPath}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${title}</title>
    <link rel="icon" href="data:,">${head}
  </head>
  <body>${body}
  </body>
</html>
`;

const restPage: Page = {
  title: 'Group chat: REST',
  body: `
    <div id="reference"></div>
    <script src="${apiReferencePath}/scalar.js"></script>
    <script type="module" src="${apiReferencePath}/start.js"></script>`,
};

const socketPage: Page = {
  title: 'Group chat: WebSocket',
  head: `
    <link rel="stylesheet" href="${socketPath}.css">`,
  body: `
    <div id="app"></div>
    <script type="module" src="${socketPath}.js"></script>`,
};

/** `wsPath` is where the sockets are: "/live" without a distribution. */
export async function showApiReference(
  request: IncomingMessage,
  response: ServerResponse,
  wsPath: string,
): Promise<void> {
  const path = request.url?.split('?')[0];
  const answer = (type: string, cache = 'no-cache', policy = policies.rest) =>
    response.writeHead(200, {
      'content-type': `${type}; charset=utf-8`,
      'cache-control': cache,
      'content-security-policy': policy,
      'referrer-policy': 'no-referrer',
    });
  switch (path) {
    case `${apiReferencePath}/scalar.js`:
      return pipeline(createReadStream(scalar), answer('text/javascript', 'max-age=3600'));
    case `${apiReferencePath}/start.js`:
      return void answer('text/javascript').end(await bundle('docs/reference-main.ts'));
    case `${socketPath}.js`:
      return void answer('text/javascript').end(await bundle('docs/socket-main.tsx'));
    case `${socketPath}.css`:
      return void answer('text/css').end(await bundle('docs/socket.css'));
    case socketPath:
      return void answer('text/html', 'no-cache', policies.socket).end(page(wsPath, socketPage));
    default:
      answer('text/html').end(page(wsPath, restPage));
  }
}
