import { ApiProblem } from './api.ts';

export interface User {
  id: string;
  name: string;
}

export interface Tokens {
  user: User;
  accessToken: string;
  refreshToken: string;
}

/** Where tokens are kept between starts: on a phone, its secure storage. */
export interface TokenStore {
  load(): Tokens | undefined;
  save(tokens: Tokens | undefined): void;
}

/** The user who is signed in on this device, and the tokens that show it. */
export class Session {
  private readonly store: TokenStore;
  private refreshing: Promise<string> | undefined;
  /** Called when the session has ended: the user has to sign in again. */
  onEnd = () => {};

  constructor(store: TokenStore) {
    this.store = store;
  }

  /** As they are kept: another tab of the browser may have got new ones. */
  private get tokens(): Tokens | undefined {
    return this.store.load();
  }

  get user(): User | undefined {
    return this.tokens?.user;
  }

  get accessToken(): string {
    return this.tokens?.accessToken ?? '';
  }

  begin(tokens: Tokens): void {
    this.store.save(tokens);
  }

  end(): void {
    if (!this.tokens) return;
    this.store.save(undefined);
    this.onEnd();
  }

  rename(name: string): void {
    const { tokens } = this;
    if (tokens) this.begin({ ...tokens, user: { ...tokens.user, name } });
  }

  /**
   * A new access token for one that has expired. Whoever comes meanwhile waits for the same answer: two refreshes side
   * by side would each void the other's refresh token. Only a refusal ends the session; without an answer the old
   * refresh token is still good, and asking again with it soon after gives the same session on.
   */
  refresh(
    expired: string,
    ask: (refreshToken: string) => Promise<{ accessToken: string; refreshToken?: string | undefined }>,
  ): Promise<string> {
    const { tokens } = this;
    if (!tokens) return Promise.reject(new ApiProblem(401, { code: 'token_missing' }));
    if (tokens.accessToken !== expired) return Promise.resolve(tokens.accessToken);
    this.refreshing ??= ask(tokens.refreshToken)
      .then(
        ({ accessToken, refreshToken = tokens.refreshToken }) => {
          if (this.accessToken === expired) this.begin({ ...tokens, accessToken, refreshToken });
          return accessToken;
        },
        (error: unknown) => {
          if (error instanceof ApiProblem && error.ours && error.status === 401) this.end();
          throw error;
        },
      )
      .finally(() => {
        this.refreshing = undefined;
      });
    return this.refreshing;
  }
}
