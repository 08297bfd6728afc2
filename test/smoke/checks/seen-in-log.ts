import { Unmet } from '../../conformance/client/unmet.ts';
import type { Backend } from '../client/backend.ts';
import { NotChecked, type Results } from '../run/results.ts';
import type { StageLog } from './log.ts';

export interface Stage {
  /** Undefined without --stage. */
  stage: string | undefined;
  region: string | undefined;
}

/** What only the log of the functions shows: that a request can be found there, and that pushes are sent. */
export async function checkLog(
  { exchanges }: Backend,
  results: Results,
  { stage, region }: Stage,
  seen: { chatId: string | undefined; since: number; signal: AbortSignal },
): Promise<void> {
  const { chatId, since, signal } = seen;
  let found: Promise<StageLog> | undefined;
  const logOf = (): Promise<StageLog> => {
    if (stage === undefined) throw new NotChecked('needs --stage NAME and AWS credentials');
    // The SDK takes a moment to load.
    found ??= import('./log.ts').then(({ StageLog }) => StageLog.of(stage, region, signal));
    return found;
  };
  await results.check('log', 'a request is found in the log by its id', async () => {
    const log = await logOf();
    const id = exchanges.find(({ status, headers }) => status === 200 && headers['x-request-id'])?.headers[
      'x-request-id'
    ];
    if (id === undefined) throw new NotChecked('no answer has a request id');
    await log.find(`the request ${id}`, `{ $.correlationId = "${id}" }`, since);
    return undefined;
  });
  await results.check('push', 'a message goes through the queue of push notifications', async () => {
    const log = await logOf();
    if (!log.sendsPushes) throw new NotChecked('the stage has no push notifications');
    if (chatId === undefined) throw new NotChecked('no message was sent');
    await log.find('the queue', '{ $.message = "push" }', since);
    const failed = await log.has(`{ $.message = "push failed" && $.chatId = "${chatId}" }`, since);
    if (failed)
      throw new Unmet('the push of a message', 'no error', `"push failed" in the log, with the chatId ${chatId}`);
    return undefined;
  });
}
