import { registerHooks } from 'node:module';
import './time.ts';

/** Below the code of the product, virtual time replaces real time, and a network with faults replaces AWS. */
const product = ['shared/', 'functions/'].map((folder) => import.meta.resolve(`../../../${folder}`));
const standIns = new Map([
  ['node:timers/promises', import.meta.resolve('./time.ts')],
  [import.meta.resolve('../../../shared/platform/aws/request.ts'), import.meta.resolve('./network.ts')],
]);

registerHooks({
  resolve(specifier, context, next) {
    const resolved = next(specifier, context);
    const standIn = product.some((url) => context.parentURL?.startsWith(url)) && standIns.get(resolved.url);
    return standIn ? next(standIn, context) : resolved;
  },
});
