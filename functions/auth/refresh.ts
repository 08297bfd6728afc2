import { refresh } from '../../shared/contract/auth.ts';
import { getSession } from '../../shared/data/sessions.ts';
import { endpoint } from '../../shared/endpoint.ts';
import { Problem } from '../../shared/problem.ts';
import { hashToken } from '../../shared/sign-in.ts';
import { signToken } from '../../shared/tokens/sign.ts';
import { verifyToken } from '../../shared/tokens/verify.ts';

export const handler = endpoint(refresh, async ({ body }) => {
  const claims = await verifyToken('refresh', body.refreshToken);
  const session = await getSession(claims.userId, claims.sessionId);
  if (session?.tokenHash !== hashToken(body.refreshToken)) throw new Problem('token_invalid');
  return { accessToken: await signToken('access', claims) };
});
