/**
 * What the pages of the runner may do. They are of one origin, and it holds the user's tokens: nothing is loaded from
 * elsewhere, nothing is sent there, and nothing that somebody writes into a chat can run.
 */
export const pagePolicy = (styles: "'self'" | "'unsafe-inline'"): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src ${styles}`,
    "connect-src 'self'",
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
