import { setTimeout as sleep } from 'node:timers/promises';
import { type CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { Aws, regionOfCdk } from '../../../infra/preflight/aws.ts';
import { describeStack } from '../../../infra/preflight/deployed-stack.ts';
import { Unmet } from '../../conformance/client/unmet.ts';
import { NotChecked } from '../run/results.ts';

/** A line appears in CloudWatch Logs within seconds; a push is sent after eight. */
const waitMs = 60_000;
const pauseMs = 2000;

/** The log of a stage, for those who have AWS credentials. */
export class StageLog {
  readonly sendsPushes: boolean;
  private readonly client: CloudWatchLogsClient;
  private readonly group: string;
  private readonly signal: AbortSignal;

  private constructor(
    client: CloudWatchLogsClient,
    outputs: Record<string, string>,
    group: string,
    signal: AbortSignal,
  ) {
    this.client = client;
    this.group = group;
    this.sendsPushes = 'PushDeadLettersUrl' in outputs;
    this.signal = signal;
  }

  /** Throws `NotChecked` if the stage cannot be looked up. */
  static async of(stage: string, region: string | undefined, signal: AbortSignal): Promise<StageLog> {
    const aws = new Aws(region ?? (await regionOfCdk()));
    const name = `chat-${stage}`;
    const stack = await describeStack(aws.cloudFormation(), name).catch((error: Error) => {
      throw new NotChecked(`the stack ${name} could not be looked up: ${error.message}`);
    });
    const group = stack?.outputs.LogGroup;
    if (!stack || !group) throw new NotChecked(`there is no stack ${name} with a log in ${aws.region}`);
    return new StageLog(aws.logs(), stack.outputs, group, signal);
  }

  /** Waits until there is a line that matches the pattern. */
  async find(what: string, filterPattern: string, startTime: number): Promise<void> {
    const until = Date.now() + waitMs;
    while (!(await this.has(filterPattern, startTime))) {
      if (Date.now() > until) throw new Unmet(what, 'a line in the log', `none within ${waitMs / 1000} s`);
      await sleep(pauseMs, undefined, { signal: this.signal });
    }
  }

  async has(filterPattern: string, startTime: number): Promise<boolean> {
    let nextToken: string | undefined;
    do {
      const input = { logGroupName: this.group, filterPattern, startTime, ...(nextToken && { nextToken }) };
      const answer = await this.client.send(new FilterLogEventsCommand(input)).catch((error: Error) => {
        throw new NotChecked(`the log ${this.group} cannot be read: ${error.message}`);
      });
      if (answer.events && answer.events.length > 0) return true;
      nextToken = answer.nextToken;
    } while (nextToken);
    return false;
  }
}
