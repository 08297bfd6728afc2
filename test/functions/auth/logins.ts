import { vi } from 'vitest';
import { login } from '#shared/contract/auth/login.ts';
import { refresh } from '#shared/contract/auth/refresh.ts';
import { call } from '../../support/call.ts';
import { type Person, password } from '../../support/people.ts';

export const renew = (refreshToken: string, rotate?: boolean) =>
  call(refresh, undefined, { body: { refreshToken, ...(rotate !== undefined && { rotate }) } });

export const invalid = { status: 401, body: { code: 'token_invalid' } };

export const ended = { status: 401, body: { code: 'session_ended' } };

/** Another login of the same person. */
export async function logInAgain({ email }: Person, device?: string): Promise<{ token: string; refreshToken: string }> {
  const { body } = await call(login, undefined, { body: { email, password, ...(device && { device }) } });
  return { token: body.accessToken, refreshToken: body.refreshToken };
}

/** Moves the clock forward; jose reads `new Date()`, too. */
export const laterBy = (milliseconds: number) => vi.useFakeTimers({ now: Date.now() + milliseconds, toFake: ['Date'] });
