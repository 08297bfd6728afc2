import { listStoredSessions } from '#shared/data/accounts/sessions.ts';
import type { PushEvent } from '#shared/delivery/push.ts';
import { handler } from '../../../functions/push.ts';
import type { EventSourceConfig, QueueConfig } from '../../../infra/local/aws/cloudformation/queues.ts';
import { EventSource } from '../../../infra/local/aws/sqs/event-source.ts';
import { LocalQueue } from '../../../infra/local/aws/sqs/queue.ts';
import { context } from '../invoke.ts';
import { Firebase } from './firebase.ts';
import { judge } from './judge.ts';
import { invokeAs } from './network.ts';
import type { Outcome } from './outcome.ts';
import { People } from './people.ts';
import { type Plan, Planned } from './plan.ts';
import { Sender } from './sender.ts';
import { sleep } from './time.ts';
import { Worker } from './worker.ts';

/** The queue and what reads from it, as the template has them. */
export interface Template {
  queue: QueueConfig;
  source: EventSourceConfig;
  timeoutSeconds: number;
}

type Batch = { Records: { messageId: string; body: string }[] };

/** How long faults go on after the last step, milliseconds. */
const faultsMs = 60_000;
/** Longer than a device is tried that Firebase cannot serve, and than an event is received again and again. Milliseconds. */
const endlessMs = 40 * 60_000;

const between = (min: number, max: number) => min + Math.floor(Math.random() * (max - min));

/** One history: what its people do, and what happens to their pushes. */
export class PushHistory {
  readonly firebase: Firebase;
  private readonly planned: Planned;
  private readonly plan: Plan;
  private readonly template: Template;
  private readonly queue: LocalQueue;
  private readonly source: EventSource;
  private readonly enqueued: { event: PushEvent; at: number }[] = [];
  private readonly deadLetters: PushEvent[] = [];
  private people: People | undefined;
  /** Workers, and batches that will be handed out once more. */
  private underWay = 0;

  /** `hit` gets the name of each fault that hits. */
  constructor(plan: Plan, template: Template, hit: (name: string) => void) {
    this.plan = plan;
    this.template = template;
    this.planned = new Planned(plan.faults, hit);
    this.firebase = new Firebase(this.planned, (token) => this.replaceToken(token));
    this.queue = new LocalQueue(
      template.queue,
      (seconds) => seconds * 1000,
      () => this.source?.poll(),
    );
    this.source = new EventSource(this.queue, {
      config: template.source,
      lambda: { invoke: (batch) => this.handOut(batch as Batch) },
      lambdaConfig: { name: 'push', timeoutSeconds: template.timeoutSeconds },
      giveUp: ({ body }) => void this.deadLetters.push(JSON.parse(body)),
    });
  }

  async play(): Promise<Outcome> {
    const { devices, direct } = this.plan;
    const people = await this.ask(() => People.gather(devices, direct));
    this.people = people;
    this.planned.on = true;
    const slow: Promise<void>[] = [];
    for (const step of this.plan.steps) {
      await sleep(step.after);
      const taken = invokeAs(new Sender(this.enqueue, step.do), () => people.take(step));
      if (step.do === 'send slowly') slow.push(taken);
      else if (step.do !== 'die while sending') await taken;
      for (const token of people.oldTokens) this.firebase.unregistered.add(token);
    }
    await sleep(faultsMs);
    await Promise.all(slow);
    this.planned.on = false;
    const isOver = await this.allDone();
    this.source.stop();
    return this.outcome(people, isOver);
  }

  private ask<T>(request: () => Promise<T>): Promise<T> {
    return invokeAs(new Sender(this.enqueue), request);
  }

  private async replaceToken(token: string): Promise<void> {
    await this.ask(async () => this.people?.replaceToken(token));
  }

  private readonly enqueue = (body: string, delaySeconds: number): void => {
    const event: PushEvent = JSON.parse(body);
    if (event.page === undefined) this.enqueued.push({ event, at: Date.now() });
    this.queue.send(body, delaySeconds);
  };

  private async handOut(batch: Batch): Promise<unknown> {
    const fault = this.planned.next('handOut');
    const first = this.work(batch);
    if (fault === 'to two') void this.work(batch);
    if (fault === 'too early') void this.workLater(batch, sleep(between(300, 15_000)));
    if (fault === 'again')
      void this.workLater(
        batch,
        first.then(() => sleep(between(100, 60_000))),
      );
    return first;
  }

  private async workLater(batch: Batch, moment: Promise<unknown>): Promise<void> {
    this.underWay++;
    await moment;
    await this.work(batch);
    this.underWay--;
  }

  /** What a worker that dies had is received again when it becomes visible. */
  private async work(batch: Batch): Promise<unknown> {
    this.underWay++;
    const worker = new Worker(this.planned, this.enqueue);
    try {
      return await worker.run(() => handler(batch, context), this.template.timeoutSeconds * 1000);
    } catch {
      return { batchItemFailures: batch.Records.map(({ messageId }) => ({ itemIdentifier: messageId })) };
    } finally {
      this.underWay--;
    }
  }

  /** False if that never happens. */
  private async allDone(): Promise<boolean> {
    for (const end = Date.now() + endlessMs; Date.now() < end; await sleep(5000))
      if (this.queue.size === 0 && this.underWay === 0) return true;
    return false;
  }

  private async outcome(people: People, isOver: boolean): Promise<Outcome> {
    const { worlds } = people;
    await worlds.look();
    const sessions = await Promise.all(people.ids.map(listStoredSessions));
    const { enqueued, deadLetters } = this;
    const { pushes } = this.firebase;
    const stored = new Map(sessions.flat().map(({ id, push }) => [id, push?.token]));
    const { wrongs, excused, details } = judge({ worlds, pushes, enqueued, deadLetters, stored });
    return {
      enqueued: enqueued.length,
      accepted: pushes.filter(({ acceptedAt }) => acceptedAt !== undefined).length,
      deadLetters: deadLetters.length,
      wrongs: { ...wrongs, endless: isOver ? 0 : 1 },
      excused,
      details,
    };
  }
}
