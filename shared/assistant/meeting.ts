import * as z from 'zod/mini';
import { log } from '#shared/platform/log.ts';
import { settings } from '#shared/platform/settings.ts';

const created = z.object({ meetUrl: z.string() });

/**
 * Creates a meeting through our own REST API, with the asker's token: this function has no access to Google's tokens.
 * Returns undefined if that fails.
 */
export async function createMeetingAs(authorization: string, deadline: number): Promise<string | undefined> {
  try {
    const answer = await fetch(`${settings.restUrl()}/google/meet/create`, {
      method: 'POST',
      headers: { authorization },
      body: '{}',
      signal: AbortSignal.timeout(Math.max(1, deadline - Date.now())),
    });
    if (answer.ok) return z.parse(created, await answer.json()).meetUrl;
    log.warn('the assistant got no meeting', { status: answer.status, askedAs: answer.headers.get('x-request-id') });
  } catch (error) {
    log.warn('the assistant got no meeting', { error });
  }
  return undefined;
}
