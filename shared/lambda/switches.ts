import type { Feature } from '#shared/contract/switches.ts';
import { getSwitchedOff } from '#shared/data/control/switches.ts';
import { Cached } from '#shared/platform/cached.ts';
import { log } from '#shared/platform/log.ts';
import { Problem } from '#shared/platform/problem.ts';

/** A switch takes up to 30 seconds to have effect everywhere. */
const cached = new Cached<ReadonlySet<string>>({ ttlMs: 30_000 });
let last: ReadonlySet<string> | undefined;

/** Throws `maintenance` if the operator has switched the service off, and `switched_off` if they have this feature. */
export async function requireSwitchedOn(feature?: Feature): Promise<void> {
  const off = cached.get('all') ?? (await readSwitches());
  if (off.has('service')) throw new Problem('maintenance', { retryAfter: 60 });
  if (feature && off.has(feature)) throw new Problem('switched_off');
}

/** Switches that cannot be read stay as they were. Throws if they have never been read. */
async function readSwitches(): Promise<ReadonlySet<string>> {
  try {
    last = await getSwitchedOff();
  } catch (error) {
    if (!last) throw error;
    log.warn('switches not read: they stay as they were', { error });
  }
  cached.set('all', last);
  return last;
}
