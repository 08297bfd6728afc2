import { dictionary } from '@zxcvbn-ts/language-common';
import { Problem } from '#shared/platform/problem.ts';

let common: Set<string> | undefined;

/**
 * Throws `password_too_common` for a password in zxcvbn's list, of which a bundle has only the beginning
 * (infra/bundle/index.ts). The list is in lower case: capital letters don't make a password uncommon.
 */
export function refuseCommonPassword(password: string): void {
  common ??= new Set(dictionary['passwords-common'] as readonly string[]);
  if (common.has(password.toLowerCase())) throw new Problem('password_too_common');
}
