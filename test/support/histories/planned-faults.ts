import { changeCallOf, type DatabaseFault, type PostFault } from './faults.ts';
import type { History } from './history.ts';

/** The faults of a history, in the order in which they are due. */
export class PlannedFaults {
  /** Only then do they hit. */
  on = false;
  private readonly plan: Pick<History, 'database' | 'posts' | 'changes' | 'answers' | 'invocations'>;
  private readonly hit: (name: string) => void;

  /** `hit` gets the name of each fault that hits. */
  constructor({ database, posts, changes, answers, invocations }: History, hit: (name: string) => void) {
    this.plan = structuredClone({ database, posts, changes, answers, invocations });
    this.hit = hit;
  }

  ofDatabase(body: string): DatabaseFault | undefined {
    if (!this.on) return undefined;
    const call = changeCallOf(body);
    const fault = call && this.plan.changes[call].shift();
    return fault
      ? this.name(fault, `database: ${fault}, ${call} of a change`)
      : this.take(this.plan.database, 'database');
  }

  ofPost(): PostFault | undefined {
    return this.take(this.plan.posts, 'post');
  }

  ofAnswer(): 'lost' | undefined {
    return this.take(this.plan.answers, 'answer');
  }

  ofInvocation(): 'twice' | undefined {
    return this.take(this.plan.invocations, 'deliver');
  }

  private take<T>(faults: (T | undefined)[], where: string): T | undefined {
    const fault = this.on ? faults.shift() : undefined;
    return fault === undefined ? undefined : this.name(fault, `${where}: ${fault}`);
  }

  private name<T>(fault: T, name: string): T {
    this.hit(name);
    return fault;
  }
}
