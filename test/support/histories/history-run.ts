import { listMessages } from '#shared/contract/chats/list-messages.ts';
import type { Message } from '#shared/contract/chats/message.ts';
import type { Endpoint } from '#shared/contract/endpoint.ts';
import { addReaction } from '#shared/contract/messages/add-reaction.ts';
import type { Json } from '../api-client.ts';
import type { RestInput } from '../invoke.ts';
import { type Change, Changes, type Person, targetOf } from './changes.ts';
import { Deliveries } from './deliveries.ts';
import { Erasure } from './erasure.ts';
import type { Histories } from './histories.ts';
import { type History, people, type Step } from './history.ts';
import { differencesOf, judge, type Outcome, type StoredState } from './judge.ts';
import { LateCalls } from './late-calls.ts';
import { PlannedFaults } from './planned-faults.ts';
import { Readers } from './readers.ts';
import { Sends } from './sends.ts';

/** One history: what its people do, and what happens to the functions. */
export class Run {
  readonly erasure = new Erasure();
  readonly late = new LateCalls();
  private readonly readers = new Readers(this);
  private readonly sends = new Sends(this);
  private readonly changes = new Changes(this);
  private readonly states: StoredState[] = [];
  /** Whether a delivery was given up without a fault, as on a machine that stands still. */
  private isSlow = false;
  /** Requests that the rounds don't wait for. */
  private slow: Promise<unknown>[] = [];
  private readonly deliveries: Deliveries;
  private overtakes = 0;
  round = 0;

  readonly chatId: string;
  readonly faults: PlannedFaults;
  private readonly all: Histories;
  private readonly people: Person[];
  private readonly crowd: Person[];
  private readonly plan: History;

  constructor(all: Histories, chatId: string, { people, crowd }: Record<'people' | 'crowd', Person[]>, plan: History) {
    this.all = all;
    this.chatId = chatId;
    this.people = people;
    this.crowd = crowd;
    this.plan = plan;
    const { erasure, gaveUp } = this;
    this.deliveries = new Deliveries({ erasure, gaveUp, deliver: (event) => all.deliver(event) });
    this.faults = new PlannedFaults(plan, (name) => all.hit(name));
  }

  async play(): Promise<Outcome> {
    for (const who of [1, 0, 2]) await this.sends.send(who, 'send over REST');
    await this.eachComes();
    this.faults.on = true;
    for (const steps of this.plan.rounds) {
      this.round++;
      await Promise.all(steps.map((step) => this.take(step)));
      if (steps.some((step) => step.do === 'a minute passes')) await this.letAMinutePass();
    }
    this.faults.on = false;
    await this.allEnded();
    this.round++;
    this.eachLeaves();
    await this.eachComes();
    await this.sayMore();
    this.eachLeaves();
    return this.judge();
  }

  /** One of the three leaves and asks for changes, before the one that is being made is there. */
  async overtake(): Promise<void> {
    const who = this.overtakes++ % people;
    this.readers.leave(who);
    await this.readers.ask(who);
  }

  /** The new state of a message, as the database answered it. */
  stored(state: StoredState): void {
    this.states.push(state);
  }

  receive(who: number, frame: Json): void {
    this.erasure.frame(JSON.stringify(frame));
    const message: Message | undefined = frame.type === 'changed' ? frame.message : frame;
    if (message?.id !== undefined) this.erasure.wrote(message);
    if (frame.clientId) this.sends.echoed(who, frame);
    this.readers.hear(who, frame);
  }

  invoked(event: unknown): void {
    this.deliveries.begin(event, this.faults.ofInvocation() === 'twice' ? 2 : 1);
  }

  readonly gaveUp = (): void => {
    this.isSlow ||= !this.faults.on;
  };

  readonly tokenOf = (who: number): string => this.people[who]?.token ?? '';
  readonly connectionOf = (who: number) => this.readers.connectionOf(who);
  readonly connect = (who: number) => this.all.connect(this, who, this.chatId, this.tokenOf(who));
  readonly disconnect = (connectionId: string) => this.all.disconnect(connectionId);

  frame(connectionId: string, frame: { type: 'message' | 'sync' } & Record<string, unknown>): Promise<void> {
    return this.erasure.during(() => this.all.frame(connectionId, frame));
  }

  rest(endpoint: Endpoint, input: RestInput): Promise<{ status: number; body: Json }> {
    return this.erasure.during(() => this.all.rest(endpoint, input));
  }

  /** A request for a change, whose answer may be lost. */
  async request(endpoint: Endpoint, input: RestInput): Promise<{ status: number; body: Json } | undefined> {
    const answer = await this.rest(endpoint, input);
    return this.faults.ofAnswer() ? undefined : answer;
  }

  made({ kind, messageId, userId }: Change, message: Message): void {
    const who = this.people.findIndex(({ id }) => id === userId);
    if (who >= 0 && who < people) this.readers.learn(who, message);
    if (kind === 'delete') this.erasure.erased(messageId);
  }

  private async take(step: Step): Promise<void> {
    const { who, do: what } = step;
    if (what === 'a minute passes') return;
    if (what === 'drop') return this.readers.leave(who);
    if (what === 'come') return this.readers.come(who);
    if (what === 'ask over REST') return this.readers.ask(who);
    const done = this.act(step);
    if (!step.slow) return done;
    this.slow.push(done);
  }

  private async act(step: Step): Promise<void> {
    const { who, do: what } = step;
    const person = this.people[who] as Person;
    const target = targetOf(step, this.readers.shown(who), person.id);
    if (what === 'edit' || what === 'delete' || what === 'react' || what === 'take back') {
      if (target && step.twice) this.all.hit('request: twice');
      const isOther = what === 'edit' && step.emoji === 1;
      if (target && step.twice && isOther) await this.editOnTwoDevices(target, person, step);
      else if (target) await this.changes.make(what, target, person, step);
    } else if (what === 'everybody reacts') {
      const everybody = [...this.people.slice(0, people), ...this.crowd];
      const once = { ...step, twice: false };
      if (target) await Promise.all(everybody.map((each) => this.changes.make('react', target, each, once)));
    } else if (what === 'reply') await this.sends.send(who, 'send over both', target);
    else if (what !== 'drop' && what !== 'come' && what !== 'ask over REST' && what !== 'a minute passes')
      await this.sends.send(who, what);
  }

  /** To different texts at the same moment. */
  private async editOnTwoDevices(target: Message, person: Person, step: Step): Promise<void> {
    const once = { ...step, twice: false };
    await Promise.all([1, 2].map(() => this.changes.make('edit', target, person, once)));
  }

  private async eachComes(): Promise<void> {
    await Promise.all(this.readers.all.map((_, who) => this.readers.come(who)));
  }

  private eachLeaves(): void {
    for (const who of this.readers.all.keys()) this.readers.leave(who);
  }

  /** No function runs any more that began before, and no call is on its way. */
  private async allEnded(): Promise<void> {
    await Promise.all(this.slow);
    this.slow = [];
    await this.deliveries.allDone();
    await this.late.allArrive();
  }

  private async letAMinutePass(): Promise<void> {
    await this.allEnded();
    await this.all.tables.ageLog(this.chatId);
    await this.readers.aMinutePassed();
  }

  /** What nobody asks for any more must be delivered: one message and one change. */
  private async sayMore(): Promise<void> {
    await this.sends.send(people, 'send over REST');
    const messageId = this.sends.all.at(-1)?.id ?? '';
    const input = { token: this.tokenOf(people), params: { chatId: this.chatId, messageId, emoji: '🏁' } };
    await this.rest(addReaction, input);
    await this.allEnded();
    if (!this.isSlow) return;
    this.all.givenUp++;
    await this.eachComes();
  }

  private async judge(): Promise<Outcome> {
    const input = { token: this.tokenOf(0), params: { chatId: this.chatId }, query: { after: '0' } };
    const log: Message[] = (await this.rest(listMessages, input)).body.messages;
    const evidence = {
      ...{ log, reactions: await this.all.tables.reactionsIn(this.chatId), readers: this.readers.all },
      ...{ sent: this.sends.all, changes: this.changes.all, states: this.states },
    };
    const faults = judge(evidence);
    return {
      acknowledged: this.sends.all.filter(({ id }) => id !== undefined).length,
      changesAcknowledged: this.changes.all.filter(({ acknowledged }) => acknowledged).length,
      faults: {
        ...faults,
        revived: faults.revived + this.readers.revived,
        erasedShown: this.erasure.appearances,
      },
      differences: this.readers.all.flatMap((reader) => differencesOf(reader, log)),
    };
  }
}
