import type { changePassword } from '#shared/contract/auth/change-password.ts';
import type { endSession } from '#shared/contract/auth/end-session.ts';
import type { listSessions } from '#shared/contract/auth/list-sessions.ts';
import type { logout } from '#shared/contract/auth/logout.ts';
import type { Endpoint, RequestOf } from '#shared/contract/endpoint.ts';
import type { unlinkGoogle } from '#shared/contract/google/unlink-google.ts';
import type { deleteMe } from '#shared/contract/users/delete-me.ts';
import type { exportMe } from '#shared/contract/users/export-me.ts';
import type { linkEmail } from '#shared/contract/users/link-email.ts';
import type { linkPhone } from '#shared/contract/users/link-phone.ts';
import type { Call } from './call.ts';

type BodyOf<E extends Endpoint> = RequestOf<E>['body'];

/** The requests about how the user signs in, where they are signed in, and what becomes of their data. */
export function accountRequests(call: Call) {
  return {
    linkEmail: (email: BodyOf<typeof linkEmail>) => call<typeof linkEmail>('/users/me/email', email, 'PUT'),
    linkPhone: (phone: BodyOf<typeof linkPhone>) => call<typeof linkPhone>('/users/me/phone', phone, 'PUT'),
    /** The user's other sessions end. */
    changePassword: (passwords: BodyOf<typeof changePassword>) =>
      call<typeof changePassword>('/auth/password', passwords),
    unlinkGoogle: () => call<typeof unlinkGoogle>('/auth/gmail/token', undefined, 'DELETE'),
    listSessions: () => call<typeof listSessions>('/auth/sessions'),
    endSession: (sessionId: string) => call<typeof endSession>(`/auth/sessions/${sessionId}`, undefined, 'DELETE'),
    /** This session ends too. */
    endAllSessions: () => call<typeof logout>('/auth/logout', { everywhere: true }),
    /** One page of everything that the server has about the user. */
    exportPage: (cursor?: string) =>
      call<typeof exportMe>(`/users/me/export${cursor ? `?cursor=${encodeURIComponent(cursor)}` : ''}`),
    /** After `deletion_unfinished`, the same request goes on with the deletion. */
    delete: (proof: BodyOf<typeof deleteMe>) => call<typeof deleteMe>('/users/me', proof, 'DELETE'),
  };
}
