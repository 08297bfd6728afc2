import type { Message } from '#shared/contract/chats/message.ts';
import { type Changes, type Person, targetOf } from './changes.ts';
import type { Step } from './history.ts';
import type { Movements } from './movements.ts';
import type { Readers } from './readers.ts';
import type { Sends } from './sends.ts';

interface Doers {
  people: Person[];
  /** Those who only react. */
  crowd: Person[];
  readers: Readers;
  sends: Sends;
  changes: Changes;
  movements: Movements;
  hit(fault: string): void;
}

/** Has the people of a history take their steps. */
export class Steps {
  private readonly doers: Doers;
  /** Requests that the rounds don't wait for. */
  private slow: Promise<unknown>[] = [];

  constructor(doers: Doers) {
    this.doers = doers;
  }

  async take(step: Step): Promise<void> {
    const done = this.act(step);
    if (step.slow && !isReading(step)) this.slow.push(done);
    else await done;
  }

  /** The slow ones too have ended. */
  async allEnded(): Promise<void> {
    await Promise.all(this.slow);
    this.slow = [];
  }

  private async act(step: Step): Promise<unknown> {
    const { readers, sends, movements } = this.doers;
    const { who, do: what } = step;
    switch (what) {
      case 'a minute passes':
        return undefined;
      case 'drop':
        return readers.leave(who);
      case 'come':
        return readers.come(who);
      case 'ask over REST':
        return readers.ask(who);
      case 'leave':
      case 'remove':
      case 'add':
      case 'join':
        return movements.move(what);
      case 'reply':
        return sends.send(who, 'send over both', this.targetOf(step));
      case 'edit':
      case 'delete':
      case 'react':
      case 'take back':
        return this.change(what, step);
      case 'everybody reacts':
        return this.everybodyReacts(step);
      default:
        return sends.send(who, what);
    }
  }
  private async change(what: 'edit' | 'delete' | 'react' | 'take back', step: Step): Promise<void> {
    const { changes, hit } = this.doers;
    const target = this.targetOf(step);
    const person = this.doers.people[step.who];
    if (!target || !person) return;
    if (step.twice) hit('request: twice');
    // From two devices, to different texts at the same moment.
    const areDifferent = step.twice && what === 'edit' && step.emoji === 1;
    const requests = areDifferent ? [once(step), once(step)] : [step];
    await Promise.all(requests.map((each) => changes.make(what, target, person, each)));
  }

  private async everybodyReacts(step: Step): Promise<void> {
    const { changes, people, crowd } = this.doers;
    const target = this.targetOf(step);
    if (!target) return;
    await Promise.all([...people, ...crowd].map((each) => changes.make('react', target, each, once(step))));
  }

  private targetOf(step: Step): Message | undefined {
    return targetOf(step, this.doers.readers.shown(step.who), this.doers.people[step.who]?.id ?? '');
  }
}

const once = (step: Step): Step => ({ ...step, twice: false });

const isReading = ({ do: what }: Step) => what === 'drop' || what === 'come' || what === 'ask over REST';
