/**
 * The Content-Security-Policy of the runner's pages. They share an origin, which stores the user's tokens, so nothing is
 * loaded from or sent to other servers, and nothing that somebody writes into a chat can run.
 * `media` are the sources of pictures, sounds and videos.
 */
export const pagePolicy = (styles: "'self'" | "'unsafe-inline'", media = 'data:'): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src ${styles}`,
    "connect-src 'self'",
    `img-src ${media}`,
    `media-src ${media}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
