import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { bundle } from './bundle.ts';
import { pagePolicy } from './content-security-policy.ts';
import { type PageFile, pageFile, sendPageFile } from './page-file.ts';

/** The pages on which to read about the endpoints and the sockets, and to try them. */
export const apiReferencePath = '/docs';
const socketPath = `${apiReferencePath}/websocket`;

/** Scalar in one file. The package @scalar/api-reference would install 230 others; this one contains little else. */
const scalar = join(import.meta.dirname, '../../../node_modules/@scalar/fastify-api-reference/dist/js/standalone.js');

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

const newest = { 'cache-control': 'no-cache', 'referrer-policy': 'no-referrer' };
/** Scalar writes its styles into the page, so inline styles have to be allowed. */
const rest = { ...newest, 'content-security-policy': pagePolicy("'unsafe-inline'") };
const sockets = { ...newest, 'content-security-policy': pagePolicy("'self'") };

let scalarFile: PageFile | undefined;

/** `wsPath` is where the sockets are: "/live" without a distribution. */
export async function showApiReference(
  request: IncomingMessage,
  response: ServerResponse,
  wsPath: string,
): Promise<void> {
  const send = (name: string, content: string, headers: Record<string, string>) =>
    sendPageFile(request, response, pageFile(name, content), headers);
  switch (request.url?.split('?')[0]) {
    case `${apiReferencePath}/scalar.js`:
      scalarFile ??= pageFile('scalar.js', readFileSync(scalar));
      return sendPageFile(request, response, scalarFile, { ...rest, 'cache-control': 'max-age=3600' });
    case `${apiReferencePath}/start.js`:
      return send('start.js', await bundle('docs/reference-main.ts'), rest);
    case `${socketPath}.js`:
      return send('socket.js', await bundle('docs/socket-main.tsx'), sockets);
    case `${socketPath}.css`:
      return send('socket.css', await bundle('docs/socket.css'), sockets);
    case socketPath:
      return send('socket.html', page(wsPath, socketPage), sockets);
    default:
      return send('rest.html', page(wsPath, restPage), rest);
  }
}
