import packages from './published/packages.json' with { type: 'json' };
import sdk from './published/sdk.json' with { type: 'json' };
import type { Usage } from './usage.ts';

/**
 * What our Dart code may take from libraries, by the name of the package, and within the SDKs by that of the library. The JSON
 * files say in which version and in which source each name was found. `uses` has the names; their members are separated by
 * spaces, and the names of arguments are in parentheses. The members of `#` are those of objects.
 */
interface Published {
  version: string;
  source: string;
  /** The Flutter that this version of a package needs, if any. */
  flutter?: string;
  uses: Record<string, string>;
}

export const published: Record<string, Published | undefined> = { ...sdk, ...packages };

export const libraries = Object.keys(published);

/** Whether a library has a name, a member of it, and all these arguments of it. */
export function has(library: string, { name, member = '', args = [] }: Usage): boolean {
  const members = published[library]?.uses[name ?? '#'];
  if (members === undefined) return false;
  if (member === '' && args.length === 0) return true;
  return Array.from(members.matchAll(/(\w*)(?:\(([^)]*)\))?/g)).some(
    ([all, known, knownArgs = '']) =>
      all && known === member && args.every((arg) => knownArgs.split(' ').includes(arg)),
  );
}
