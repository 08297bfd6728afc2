/**
 * The Content-Security-Policy of the runner's pages. They share an origin, which stores the user's tokens, so nothing is
 * loaded from or sent to other servers, and nothing that somebody writes into a chat can run. `files` is this server under
 * the name that the URLs of files have.
 */
export const pagePolicy = (styles: "'self'" | "'unsafe-inline'", files = ''): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src ${styles}`,
    `connect-src 'self' ${files}`,
    `img-src 'self' data: blob: ${files}`,
    `media-src 'self' blob: ${files}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
