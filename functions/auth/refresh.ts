import { refresh } from '#shared/contract/auth/refresh.ts';
import { rememberNetwork } from '#shared/data/accounts/known-networks.ts';
import { deleteSession, useSession } from '#shared/data/accounts/sessions.ts';
import { endAndCloseSockets } from '#shared/delivery/close.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';
import { identify } from '#shared/platform/invocation-log.ts';
import { log } from '#shared/platform/log.ts';
import { Problem } from '#shared/platform/problem.ts';
import { lifetime } from '#shared/tokens/claims.ts';
import { signToken } from '#shared/tokens/sign.ts';
import { verifyToken } from '#shared/tokens/verify.ts';

export const handler = endpoint(refresh, async ({ body, network }) => {
  const claims = await verifyToken('refresh', body.refreshToken);
  const { userId, sessionId } = claims;
  identify({ userId });
  const renewedUntil = Math.floor(Date.now() / 1000) + lifetime.refresh;
  const rotation = await useSession(claims, body.rotate ? renewedUntil : undefined);
  if (rotation === 'reused') {
    log.warn('a replaced refresh token was used: the session ends', { userId, sessionId });
    await endAndCloseSockets(
      userId,
      (connection) => connection.sessionId === sessionId,
      () => deleteSession(userId, sessionId),
    );
  }
  if (rotation === 'reused' || rotation === 'ended') throw new Problem('token_invalid');
  const accessToken = await signToken('access', { userId, sessionId });
  if (!body.rotate) return { accessToken };
  await rememberNetwork(userId, network);
  return { accessToken, refreshToken: await signToken('refresh', { userId, sessionId, rotation }) };
});
