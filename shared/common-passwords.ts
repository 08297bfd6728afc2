import { dictionary } from '@zxcvbn-ts/language-common';
import { Problem } from './problem.ts';

let common: Set<string> | undefined;

/**
 * Throws `password_too_common` for one of zxcvbn's list; a bundle has the beginning of it (infra/bundle.ts). The list is
 * in lower case; a capital letter makes nothing uncommon.
 */
export function refuseCommonPassword(password: string): void {
  common ??= new Set(dictionary['passwords-common'] as readonly string[]);
  if (common.has(password.toLowerCase())) throw new Problem('password_too_common');
}
