import type { AwsResponse, HttpResponse } from '../../../shared/platform/aws/request.ts';
import type { Caller, DatabaseCall } from './network.ts';
import type { Doing } from './plan.ts';
import { sleep } from './time.ts';

/** The functions that people's requests invoke. Their only faults: a message is stored late or never. */
export class Sender implements Caller {
  private readonly enqueue: (body: string, delaySeconds: number) => void;
  private readonly doing: Doing | undefined;

  constructor(enqueue: Sender['enqueue'], doing?: Doing) {
    this.enqueue = enqueue;
    this.doing = doing;
  }

  async database({ operation, body, make }: DatabaseCall): Promise<HttpResponse> {
    if (operation === 'PutItem' && body.includes('"MSG#')) {
      // The message has its number by now.
      if (this.doing === 'die while sending') await new Promise(() => {});
      if (this.doing === 'send slowly') await sleep(1000 + Math.random() * 24_000);
    }
    return make();
  }

  async queue(body: string, delaySeconds: number): Promise<AwsResponse> {
    this.enqueue(body, delaySeconds + (Math.random() < 0.2 ? Math.floor(Math.random() * 20) : 0));
    return { status: 200, body: '{}' };
  }
}
