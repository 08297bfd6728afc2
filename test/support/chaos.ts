import type { Chaos, Fault } from '../../infra/local/aws/chaos.ts';

/** These faults strike at the first occasion, once for each time that they are named. */
export function strike(...faults: Fault[]): Chaos {
  const left = [...faults];
  return {
    strikes: (fault) => {
      const at = left.indexOf(fault);
      if (at >= 0) left.splice(at, 1);
      return at >= 0;
    },
  };
}
