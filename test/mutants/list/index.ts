import type { Mutant } from '../mutant.ts';
import { access } from './access.ts';
import { conditions } from './conditions.ts';
import { delivery } from './delivery.ts';
import { limits } from './limits.ts';
import { requirements } from './requirements.ts';

/** All mutants, by subject. */
export const mutants: Mutant[] = [...access, ...conditions, ...delivery, ...limits, ...requirements];
