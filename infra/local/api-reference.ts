import { createReadStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';

/** A page to read the endpoints on, and to try them out. */
export const apiReferencePath = '/docs';
const scriptPath = `${apiReferencePath}/scalar.js`;

/** Scalar in one file. This package has it with little else; the one that is called after it brings 230 others along. */
const script = join(import.meta.dirname, '../../node_modules/@scalar/fastify-api-reference/dist/js/standalone.js');

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
    <script src="${scriptPath}"></script>
    <script>
      const servers = [{ url: location.origin, description: 'This server' }];
      Scalar.createApiReference('#reference', { ...${JSON.stringify(settings)}, servers });
    </script>
  </body>
</html>
`;

export function showApiReference(request: IncomingMessage, response: ServerResponse): void {
  if (request.url?.startsWith(scriptPath)) {
    response.writeHead(200, { 'content-type': 'text/javascript', 'cache-control': 'max-age=3600' });
    createReadStream(script).pipe(response);
    return;
  }
  response.writeHead(200, { 'content-type': 'text/html' }).end(page);
}
