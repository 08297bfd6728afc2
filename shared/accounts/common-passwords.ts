import { dictionary } from '@zxcvbn-ts/language-common';
import { Problem } from '#shared/platform/problem.ts';
import { settings } from '#shared/platform/settings.ts';

const refuses = settings.refuseCommonPasswords();

let common: Set<string> | undefined;

/**
 * Throws `password_too_common` for a password in zxcvbn's list, of which a bundle has only the beginning
 * (infra/bundle/index.ts), unless the stage allows them. The list is in lower case: capital letters don't make a password
 * uncommon.
 */
export function refuseCommonPassword(password: string): void {
  if (!refuses) return;
  common ??= new Set(dictionary['passwords-common'] as readonly string[]);
  if (common.has(password.toLowerCase())) throw new Problem('password_too_common');
}
