import type { Mutant } from '../mutant.ts';
import { access } from './access.ts';
import { conditions } from './conditions.ts';
import { limits } from './limits.ts';
import { passwords } from './passwords.ts';

/** All mutants, by subject. */
export const mutants: Mutant[] = [...access, ...conditions, ...limits, ...passwords];
