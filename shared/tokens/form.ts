/** What signing and verifying agree on (RFC 7519; `typ` after RFC 9068, so that no token passes for the other kind). */
export const algorithm = 'ES256';
export const issuer = 'group-chat';
export const audience = 'group-chat';

export type TokenKind = 'access' | 'refresh';

export const headerType = { access: 'at+jwt', refresh: 'rt+jwt' } as const satisfies Record<TokenKind, string>;

/** Seconds. */
export const lifetime = { access: 60 * 60, refresh: 30 * 24 * 60 * 60 } as const satisfies Record<TokenKind, number>;

export interface TokenClaims {
  userId: string;
  sessionId: string;
  /** Of a refresh token: how many came before it in its session. */
  rotation?: number;
}

/** A function that meets a token of an unknown key reads the public keys again, but not sooner than this. Milliseconds. */
export const rereadAfter = 5000;
