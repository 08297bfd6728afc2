import type { World } from '../client/world.ts';
import type { Faults } from '../faults/fault.ts';

/** One thing that a client relies upon. */
export interface Requirement {
  /** Subject, operation and outcome: "groups.join.adds-me". */
  id: string;
  /** One sentence about the server. */
  text: string;
  /** What a server could do wrong: the check must fail with each of these. */
  faults: Faults;
  /** Throws `Unmet` or `Skipped`. */
  check(world: World): Promise<void>;
}
