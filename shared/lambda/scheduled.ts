import { beginInvocation, endInvocation } from '#shared/platform/invocation-log.ts';
import { chain } from './chain.ts';

/** The Lambda handler of work that EventBridge starts. Logs one line with what the work returns. */
export function scheduled(name: 'count-reports', work: () => Promise<object>) {
  return chain<unknown, object>()
    .use({
      before: ({ context: { awsRequestId } }) =>
        beginInvocation({ route: name, requestId: awsRequestId, correlationId: awsRequestId }),
      after: ({ response }) => endInvocation(name, response ?? {}),
      onError: ({ error }) => endInvocation(name, {}, error),
    })
    .handler(() => work());
}
