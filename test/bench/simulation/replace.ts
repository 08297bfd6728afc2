import { registerHooks } from 'node:module';

/** Below the code of the delivery the model stands in for AWS, and virtual time for the real one. */
const shared = (file: string) => import.meta.resolve(`../../../shared/${file}`);
const replaced = new Set([
  'node:timers/promises',
  ...['platform/aws/request.ts', 'platform/log.ts', 'platform/metrics.ts'].map(shared),
  ...['connections.ts', 'deliveries.ts', 'shards.ts'].map((file) => shared(`data/connections/${file}`)),
]);
const underTest = [shared('delivery/'), shared('platform/retry.ts')];
const standIns = import.meta.resolve('./stand-ins.ts');

registerHooks({
  resolve(specifier, context, next) {
    const resolved = next(specifier, context);
    const isUnderTest = underTest.some((path) => context.parentURL?.startsWith(path));
    return isUnderTest && replaced.has(resolved.url) ? next(standIns, context) : resolved;
  },
});

Object.assign(process.env, {
  AWS_REGION: 'modelled',
  CONNECTIONS_URL: 'https://connections.modelled',
  CONNECTIONS_TABLE: 'modelled',
  DELIVER_FUNCTION: 'deliver',
  METRICS_NAMESPACE: 'modelled',
  STAGE_LANGUAGE: 'en',
});
