import { settings } from '#shared/platform/settings.ts';
import { controlKeys as keys } from '../keys.ts';
import { getItem } from '../table.ts';

const table = settings.controlTable();

/** The names of the features that the operator has switched off. */
export async function getSwitchedOff(): Promise<ReadonlySet<string>> {
  const switches = await getItem<{ switchedOff?: Set<string> }>(table, keys.switches);
  return switches?.switchedOff ?? new Set();
}
