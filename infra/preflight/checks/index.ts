import type { Check } from '../check.ts';
import { account } from './account.ts';
import { apiGateway } from './api-gateway.ts';
import { bootstrap, edgeBootstrap } from './bootstrap.ts';
import { cloudFront } from './cloudfront.ts';
import { certificate, hostedZone } from './domain.ts';
import { googleClient } from './google-client.ts';
import { lambdaConcurrency } from './lambda-concurrency.ts';
import { leftovers } from './leftovers.ts';
import { operatorSecret } from './operator-secret.ts';
import { push } from './push.ts';
import { smsCountries, smsSender } from './sender.ts';
import { edgeStack, stack } from './stack.ts';
import { smsAccount, smsSpending } from './text-messages.ts';

/** All checks, in the order of their lines. The first one tells whether AWS can be asked at all. */
export const checks: readonly [Check, ...Check[]] = [
  account,
  bootstrap,
  edgeBootstrap,
  stack,
  edgeStack,
  leftovers,
  lambdaConcurrency,
  cloudFront,
  apiGateway,
  hostedZone,
  certificate,
  smsAccount,
  smsSpending,
  smsSender,
  smsCountries,
  operatorSecret,
  googleClient,
  push,
];
