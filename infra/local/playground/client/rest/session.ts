import { ApiProblem } from './api-problem.ts';

export interface User {
  id: string;
  name: string;
}

export interface Tokens {
  user: User;
  accessToken: string;
  refreshToken: string;
}

/** Keeps tokens between starts; on a phone this is its secure storage. */
export interface TokenStore {
  load(): Tokens | undefined;
  save(tokens: Tokens | undefined): void;
}

/** The user who is signed in on this device, and their tokens. */
export class Session {
  private readonly store: TokenStore;
  /** The refreshes under way, each under the token that it replaces. */
  private readonly refreshing = new Map<string, Promise<string>>();
  /** Called when the session has ended and the user has to sign in again. */
  onEnd = () => {};

  constructor(store: TokenStore) {
    this.store = store;
  }

  /** Always read from the store, because another tab may have refreshed them. */
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

  /** Ends the session with this access token: meanwhile, somebody else may have signed in. */
  end(accessToken = this.accessToken): void {
    if (!this.tokens || this.accessToken !== accessToken) return;
    this.store.save(undefined);
    this.onEnd();
  }

  rename(name: string): void {
    const { tokens } = this;
    if (tokens) this.begin({ ...tokens, user: { ...tokens.user, name } });
  }

  /**
   * Replaces an expired access token. Concurrent callers share one refresh, because two side by side would invalidate
   * each other's refresh token. Only a refusal ends the session: without an answer the old refresh token remains valid
   * and can be used again soon after.
   */
  refresh(
    expired: string,
    request: (refreshToken: string) => Promise<{ accessToken: string; refreshToken?: string | undefined }>,
  ): Promise<string> {
    const { tokens } = this;
    if (!tokens) return Promise.reject(new ApiProblem(401, { code: 'token_missing' }));
    if (tokens.accessToken !== expired) return Promise.resolve(tokens.accessToken);
    const underWay = this.refreshing.get(expired);
    if (underWay) return underWay;
    const refreshed = request(tokens.refreshToken)
      .then(
        ({ accessToken, refreshToken = tokens.refreshToken }) => {
          if (this.accessToken === expired) this.begin({ ...tokens, accessToken, refreshToken });
          return accessToken;
        },
        (error: unknown) => {
          if (error instanceof ApiProblem && error.fromBackend && error.status === 401) this.end(expired);
          throw error;
        },
      )
      .finally(() => this.refreshing.delete(expired));
    this.refreshing.set(expired, refreshed);
    return refreshed;
  }
}
