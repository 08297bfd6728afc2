/** Shared by signing and verifying (RFC 7519). `typ` is that of RFC 9068, so that neither kind of token passes for the other. */
export const algorithm = 'ES256';
export const issuer = 'group-chat';
export const audience = 'group-chat';

export type TokenKind = 'access' | 'refresh';

export const headerType = { access: 'at+jwt', refresh: 'rt+jwt' } as const satisfies Record<TokenKind, string>;

/** How long tokens are valid, seconds. */
export const lifetime = { access: 60 * 60, refresh: 30 * 24 * 60 * 60 } as const satisfies Record<TokenKind, number>;

export interface TokenClaims {
  userId: string;
  sessionId: string;
  /** In refresh tokens only: how many times the session's refresh token has been replaced. */
  rotation?: number;
}

/**
 * A token with an unknown key makes a function read the public keys again, unless it has read them this recently.
 * Milliseconds.
 */
export const rereadAfterMs = 5000;

/** How long a function goes on signing with a key after a new one has taken its place, milliseconds. */
export const signingKeyTtlMs = 5 * 60_000;
