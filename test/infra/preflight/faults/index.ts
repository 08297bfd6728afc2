import type { Change } from '../world.ts';
import { faultsOfCredentials } from './credentials.ts';
import { faultsOfDeployment } from './deployment.ts';
import { faultsOfDomain } from './domain.ts';
import { faultsOfTextMessages } from './text-messages.ts';

/** What can be wrong: the check that notices, with which code, and the change that makes it so. */
export type Fault = [check: string, code: string, what: string, change: Change];

export const faults: Fault[] = [
  ...faultsOfDeployment,
  ...faultsOfDomain,
  ...faultsOfTextMessages,
  ...faultsOfCredentials,
];
