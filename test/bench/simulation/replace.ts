import { registerHooks } from 'node:module';

/** Below the code of the delivery the model stands in for AWS, and virtual time for the real one. */
const shared = (file: string) => import.meta.resolve(`../../../shared/${file}`);
const replaced = [
  'node:timers/promises',
  ...['data/', 'platform/aws/request.ts', 'platform/log.ts', 'platform/metrics.ts'].map(shared),
];
const underTest = ['delivery/', 'platform/retry.ts', 'platform/aws/invoke.ts', 'platform/aws/queue.ts'].map(shared);
const standIns = import.meta.resolve('./stand-ins.ts');

registerHooks({
  resolve(specifier, context, next) {
    const resolved = next(specifier, context);
    const isUnderTest = underTest.some((path) => context.parentURL?.startsWith(path));
    const isReplaced = replaced.some((path) => resolved.url.startsWith(path));
    return isUnderTest && isReplaced ? next(standIns, context) : resolved;
  },
});

Object.assign(process.env, {
  AWS_REGION: 'modelled',
  CONNECTIONS_URL: 'https://connections.modelled',
  CHAT_TABLE: 'modelled',
  CONNECTIONS_TABLE: 'modelled',
  DELIVER_FUNCTION: 'deliver',
  METRICS_NAMESPACE: 'modelled',
  STAGE_LANGUAGE: 'en',
});
