import type { Construct } from 'constructs';
import type { AlarmDefinition } from './alarm-definition.ts';
import { type Monitored, ofFunctions, ownMetric, period, total } from './metrics.ts';

/** Push notifications, in a stage that has them. */
export function pushAlarms(scope: Construct, monitored: Monitored): AlarmDefinition[] {
  const { push } = monitored;
  if (!push) return [];
  const visible = { period, statistic: 'Maximum' };
  return [
    {
      section: 'function-errors',
      name: 'function-errors-push',
      means: 'The function that sends push notifications crashes or times out.',
      metric: total(ofFunctions(monitored, ['push'], 'Errors', 'Sum'), 'crashes and timeouts'),
      from: 3,
    },
    {
      section: 'pushes-lost',
      means: 'People do not get push notifications: SQS or Firebase does not accept them, or the key is missing.',
      metric: ownMetric(scope, 'PushesLost'),
      from: 1,
    },
    {
      section: 'push-dead-letters',
      means: 'The function push failed five times on the same event.',
      metric: push.deadLetters.metricApproximateNumberOfMessagesVisible(visible),
      from: 1,
    },
    {
      section: 'push-backlog',
      means: 'Push notifications are late: the function push does not keep up with the events in its queue.',
      metric: push.queue.metricApproximateNumberOfMessagesVisible(visible),
      from: 1000,
      lasting: true,
    },
  ];
}
