import { join, relative } from 'node:path';
import { expect } from 'vitest';

/** Before each test file. */

/** Test files that run no function: the variables, tables and stand-ins of functions would take half a second for each. */
const withoutFunctions =
  /^infra\/((?!bundles)[^/]+|operator\/.+|local\/(playground|console|aws\/(api-gateway|cloudformation))\/.+)$|^bench\//;

const file = relative(join(import.meta.dirname, '..'), expect.getState().testPath ?? '');
if (!withoutFunctions.test(file)) await import('./environment.ts');
