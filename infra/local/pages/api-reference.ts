import { createReadStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { pagePolicy } from './content-security-policy.ts';

/** A page to read the endpoints on, and to try them out. */
export const apiReferencePath = '/docs';
const scalarPath = `${apiReferencePath}/scalar.js`;
const startPath = `${apiReferencePath}/start.js`;

/** Scalar in one file. This package has it with little else; the one that is called after it brings 230 others along. */
const scalar = join(import.meta.dirname, '../../../node_modules/@scalar/fastify-api-reference/dist/js/standalone.js');

/** Nothing is loaded from elsewhere and nothing told to anybody; what is tried out goes to this server. */
const settings = {
  url: '/openapi.json',
  authentication: { preferredSecurityScheme: 'bearer' },
  persistAuth: true,
  withDefaultFonts: false,
  telemetry: false,
  agent: { disabled: true },
  mcp: { disabled: true },
  hideClientButton: true,
  showDeveloperTools: 'never',
};

/** Scalar writes its styles into the page. */
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
    <script src="${startPath}"></script>
  </body>
</html>
`;

const start = `const servers = [{ url: location.origin, description: 'This server' }];
Scalar.createApiReference('#reference', { ...${JSON.stringify(settings)}, servers });
`;

export function showApiReference(request: IncomingMessage, response: ServerResponse): void {
  const answer = (type: string, cache: string) =>
    response.writeHead(200, {
      'content-type': `${type}; charset=utf-8`,
      'cache-control': cache,
      'content-security-policy': policy,
      'referrer-policy': 'no-referrer',
    });
  if (request.url === scalarPath) createReadStream(scalar).pipe(answer('text/javascript', 'max-age=3600'));
  else if (request.url === startPath) answer('text/javascript', 'no-cache').end(start);
  else answer('text/html', 'no-cache').end(page);
}
