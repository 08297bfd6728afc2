import { dictionary } from '@zxcvbn-ts/language-common';
import { Problem } from './problem.ts';

/** zxcvbn's list, most common first; a bundle has those of it that pass the rules for passwords (infra/bundle.ts). */
const common = new Set(dictionary['passwords-common'] as readonly string[]);

/** Throws `password_too_common`. The list is in lower case; a capital letter makes nothing uncommon. */
export function refuseCommonPassword(password: string): void {
  if (common.has(password.toLowerCase())) throw new Problem('password_too_common');
}
