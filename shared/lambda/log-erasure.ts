import type { MiddlewareObj } from '@middy/core';
import type { Erasure } from '#shared/changes/erase-reactions.ts';
import { beginInvocation, endInvocation, identify } from '#shared/platform/invocation-log.ts';

/** Logs one line for each part of an erasure, whether it succeeds or not. */
export function logErasure(): MiddlewareObj<Erasure, void> {
  const end = ({ chatIds, after }: Erasure, fault?: Error | null) =>
    endInvocation('erasure', { chats: chatIds.length, after }, fault ?? undefined);
  return {
    before: ({ event: { userId }, context: { awsRequestId } }) => {
      beginInvocation({ route: 'erase-reactions', requestId: awsRequestId, correlationId: awsRequestId });
      identify({ userId });
    },
    after: ({ event }) => end(event),
    onError: ({ event, error }) => end(event, error),
  };
}
