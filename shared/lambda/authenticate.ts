import type { Checks } from '#shared/contract/endpoint.ts';
import { getLiveSession } from '#shared/data/accounts/sessions.ts';
import { identify } from '#shared/platform/invocation-log.ts';
import { Problem } from '#shared/platform/problem.ts';
import { verifyToken } from '#shared/tokens/verify.ts';
import type { RestEvent } from './log-request.ts';

/** The user and session that a request comes from. */
export interface Caller {
  userId: string;
  sessionId: string;
}

/** Returns the caller; undefined if the endpoint is public. Throws `token_missing`, `token_invalid`, `session_ended`. */
export async function authenticate({ access }: Checks, { headers }: RestEvent): Promise<Caller | undefined> {
  if (access === 'public') return undefined;
  const token = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
  if (!token) throw new Problem('token_missing');
  const { userId, sessionId } = await verifyToken('access', token);
  if (access === 'session' && !(await getLiveSession(userId, sessionId))) throw new Problem('session_ended');
  identify({ userId });
  return { userId, sessionId };
}
