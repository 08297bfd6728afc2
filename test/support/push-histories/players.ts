import { fork } from 'node:child_process';
import { once } from 'node:events';
import { defaultContext } from '../../../infra/local/aws/cloudformation/context.ts';
import { synthesize } from '../../../infra/local/aws/cloudformation/synth.ts';
import { createTables } from '../../../infra/local/aws/dynamodb/tables.ts';
import type { Outcome } from './outcome.ts';
import type { Plan } from './plan.ts';
import type { Play } from './play.ts';

/** The outcome of a history, or the error at which it broke off. */
export interface Played {
  n: number;
  /** The faults that hit. */
  hits: string[];
  outcome: Outcome | { error: string };
}

interface Stage {
  /** URL of the database. */
  dynamodb: string;
  /** A folder for the template. */
  outdir: string;
}

/** Plays histories in so many processes. `played` gets each one that has ended, and returns false to stop. */
export async function playAll(
  plans: [number, Plan][],
  processes: number,
  { dynamodb, outdir }: Stage,
  played: (history: Played) => boolean,
): Promise<void> {
  const template = await synthesize(outdir, { ...defaultContext, stages: { prod: { push: true, files: false } } });
  await createTables(dynamodb, template);
  const functions = template.functions();
  const { timeoutSeconds = 0, id: functionId } = functions.find(({ name }) => name === 'push') ?? {};
  const source = template.eventSources().find((each) => each.functionId === functionId);
  const queue = template.queues().find(({ id }) => id === source?.queueId);
  if (!queue || !source) throw new Error('The template has no function that reads from a queue for pushes.');
  const env = {
    ...Object.assign({}, ...functions.map(({ environment }) => environment)),
    AWS_REGION: 'local',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_DYNAMODB: dynamodb,
  };
  const parts = Map.groupBy(plans.entries(), ([n]) => n % processes);
  const controlTable = env.CONTROL_TABLE as string;
  await Promise.all(
    [...parts.values()].map(async (part) => {
      const own = part.map(([, plan]) => plan);
      const play: Play = { plans: own, template: { queue, source, timeoutSeconds }, dynamodb, controlTable };
      const child = fork(new URL('play.ts', import.meta.url), {
        env,
        execArgv: [],
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      });
      const ended = once(child, 'exit');
      await Promise.race([once(child, 'message'), ended]);
      child.on('message', (history: Played) => {
        if (played(history) === false) child.kill();
      });
      child.send(play);
      await ended;
    }),
  );
}
