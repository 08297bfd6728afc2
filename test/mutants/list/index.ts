import type { Mutant } from '../mutant.ts';
import { conditions } from './conditions.ts';
import { passwords } from './passwords.ts';

/** All mutants, by subject. */
export const mutants: Mutant[] = [...passwords, ...conditions];
