import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** How many of the objects that `make` returns are still in memory when nothing but what it has called can hold them. */
export async function countKept(make: () => object[]): Promise<number> {
  const refs = make().map((made) => new WeakRef(made));
  // A WeakRef holds its object until the current task ends.
  await setImmediate();
  collectGarbage();
  return refs.filter((ref) => ref.deref() !== undefined).length;
}
