import type { AlarmDefinition } from './alarm-definition.ts';
import { type Monitored, ofFunctions, period, total } from './metrics.ts';

/** Files, in a stage that has them. */
export function filesAlarms(monitored: Monitored): AlarmDefinition[] {
  const { files } = monitored;
  if (!files) return [];
  return [
    {
      section: 'function-errors',
      name: 'function-errors-files',
      means: 'The function that deletes unused files crashes or times out.',
      metric: total(ofFunctions(monitored, ['delete-files'], 'Errors', 'Sum'), 'crashes and timeouts'),
      from: 3,
    },
    {
      section: 'files-dead-letters',
      means: 'Files were not deleted: the function delete-files failed five times on the same event.',
      metric: files.deadLetters.metricApproximateNumberOfMessagesVisible({ period, statistic: 'Maximum' }),
      from: 1,
    },
  ];
}
