import { settings } from '#shared/platform/settings.ts';
import { controlKeys as keys } from '../keys.ts';
import { getItem } from '../table.ts';

const table = settings.controlTable();

/** The names of the features that the operator has switched off. */
export async function getSwitchedOff(): Promise<ReadonlySet<string>> {
  // A set or, as the console makes it, a list.
  const switches = await getItem<{ switchedOff?: Iterable<string> }>(table, keys.switches);
  return new Set(switches?.switchedOff);
}
