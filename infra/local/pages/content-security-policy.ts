/**
 * The Content-Security-Policy of the runner's pages. They share an origin, which stores the user's tokens, so nothing is
 * loaded from or sent to other servers, and nothing that somebody writes into a chat can run.
 */
export const pagePolicy = (styles: "'self'" | "'unsafe-inline'"): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src ${styles}`,
    "connect-src 'self'",
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
