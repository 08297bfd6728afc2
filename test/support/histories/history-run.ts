import { listMessages } from '#shared/contract/chats/list-messages.ts';
import type { Message } from '#shared/contract/chats/message.ts';
import type { Endpoint } from '#shared/contract/endpoint.ts';
import { addReaction } from '#shared/contract/messages/add-reaction.ts';
import type { Json } from '../api-client.ts';
import type { RestInput } from '../invoke.ts';
import { type Change, Changes, type Person } from './changes.ts';
import { Deliveries } from './deliveries.ts';
import { Erasure } from './erasure.ts';
import type { Histories } from './histories.ts';
import { guest, type History, people } from './history.ts';
import { differencesOf, judge, type Outcome, type StoredState } from './judge.ts';
import { LateCalls } from './late-calls.ts';
import { Movements } from './movements.ts';
import { PlannedFaults } from './planned-faults.ts';
import type { Place } from './population.ts';
import { Readers } from './readers.ts';
import { Sends } from './sends.ts';
import { Steps } from './steps.ts';

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
  private readonly deliveries: Deliveries;
  private overtakes = 0;
  round = 0;
  readonly place: Place;
  readonly faults: PlannedFaults;
  private readonly movements: Movements;
  private readonly all: Histories;
  private readonly steps: Steps;
  private readonly plan: History;

  constructor(all: Histories, place: Place, crowd: Person[], plan: History) {
    this.all = all;
    this.place = place;
    this.movements = new Movements(this);
    this.plan = plan;
    const { readers, sends, changes, movements } = this;
    const { hit } = this;
    this.steps = new Steps({ people: place.people, crowd, readers, sends, changes, movements, hit });
    const { erasure, gaveUp } = this;
    this.deliveries = new Deliveries({ erasure, gaveUp, deliver: (event) => all.deliver(event) });
    this.faults = new PlannedFaults(plan, hit);
  }

  async play(): Promise<Outcome> {
    for (const who of [1, 0, 2]) await this.sends.send(who, 'send over REST');
    await this.eachComes(this.plan.present);
    this.faults.on = true;
    for (const steps of this.plan.rounds) {
      this.round++;
      await Promise.all(steps.map((step) => this.steps.take(step)));
      if (steps.some((step) => step.do === 'a minute passes')) await this.letAMinutePass();
    }
    this.faults.on = false;
    await this.allEnded();
    await this.movements.end();
    this.round++;
    this.eachLeaves();
    await this.eachComes();
    await this.sayMore();
    this.eachLeaves();
    return this.judge();
  }

  get chatId(): string {
    return this.place.chatId;
  }

  /** Whether a text of a call or an event is about this history. */
  isAbout(text: string): boolean {
    return text.includes(this.chatId) || this.place.people.some(({ id }) => text.includes(id));
  }

  /** One of the four leaves and asks for changes, before the one that is being made is there. */
  async overtake(): Promise<void> {
    const who = this.overtakes++ % people;
    this.readers.leave(who);
    await this.readers.ask(who);
  }

  /** The new state of a message, as the database answered it. */
  stored(state: StoredState): void {
    this.states.push(state);
  }

  /** A frame that was posted. A late one reaches its reader after everything else, if the connection is still open then. */
  receive(who: number, frame: Json, isOpenLater?: () => boolean): void {
    this.erasure.frame(JSON.stringify(frame));
    const message: Message | undefined = frame.type === 'changed' ? frame.message : frame;
    if (message?.id !== undefined) this.erasure.wrote(message);
    if (message) this.movements.hear(who, message);
    const arrive = () => {
      if (frame.clientId) this.sends.echoed(who, frame);
      this.readers.hear(who, frame);
    };
    const mayBeLate = message?.id !== undefined && !this.readers.isCatchingUp(who);
    if (isOpenLater && mayBeLate) void this.late.hold(async () => isOpenLater() && arrive());
    else arrive();
  }

  closed(connectionId: string): void {
    this.readers.closed(connectionId);
  }

  written(text: string): void {
    this.movements.written(text);
  }

  invoked(event: unknown): void {
    this.deliveries.begin(event, this.faults.ofInvocation() === 'twice' ? 2 : 1);
  }

  readonly hit = (fault: string): void => this.all.hit(fault);

  readonly gaveUp = (): void => {
    this.isSlow ||= !this.faults.on;
  };

  readonly tokenOf = (who: number): string => this.place.people[who]?.token ?? '';
  readonly connectionOf = (who: number) => this.readers.connectionOf(who);
  readonly expectRefusal = (who: number) => this.movements.expectRefusal(who);
  readonly connect = (who: number) => {
    const own = this.plan.inboxes[who] ? { inbox: '1' } : { chatId: this.chatId, events: '1' };
    return this.all.connect(this, who, { ...own, token: this.tokenOf(who) });
  };
  readonly disconnect = (connectionId: string) => this.all.disconnect(connectionId);

  frame(connectionId: string, frame: { type: 'message' | 'sync' } & Record<string, unknown>): Promise<void> {
    return this.erasure.during(() => this.all.frame(connectionId, { chatId: this.chatId, ...frame }));
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
    const who = this.place.people.findIndex(({ id }) => id === userId);
    if (who >= 0) this.readers.learn(who, message);
    if (kind === 'delete') this.erasure.erased(messageId);
  }

  private async eachComes(comes: readonly boolean[] = Array(people).fill(true)): Promise<void> {
    await Promise.all(comes.flatMap((does, who) => (does ? [this.readers.come(who)] : [])));
  }

  private eachLeaves(): void {
    for (const who of this.readers.all.keys()) this.readers.leave(who);
  }

  /** No function runs any more that began before, and no call is on its way. */
  private async allEnded(): Promise<void> {
    await this.steps.allEnded();
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
    await this.sends.send(guest, 'send over REST');
    const messageId = this.sends.all.at(-1)?.id ?? '';
    const input = { token: this.tokenOf(guest), params: { chatId: this.chatId, messageId, emoji: '🏁' } };
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
        heardAway: this.movements.heard + this.readers.readAway,
      },
      differences: this.readers.all.flatMap((reader) => differencesOf(reader, log)),
    };
  }
}
