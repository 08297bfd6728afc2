import type { Construct } from 'constructs';
import type { AlarmDefinition } from './alarm-definition.ts';
import { type Monitored, ownMetric, period } from './metrics.ts';

/** Push notifications, in a stage that has them. */
export function pushAlarms(scope: Construct, { push }: Monitored): AlarmDefinition[] {
  if (!push) return [];
  const visible = { period, statistic: 'Maximum' };
  return [
    {
      section: 'pushes-lost',
      means: 'People do not get push notifications: the queue or Firebase does not take them, or there is no key.',
      metric: ownMetric(scope, 'PushesLost'),
      from: 1,
    },
    {
      section: 'push-dead-letters',
      means: 'The function push failed five times on the same message.',
      metric: push.deadLetters.metricApproximateNumberOfMessagesVisible(visible),
      from: 1,
    },
    {
      section: 'push-backlog',
      means: 'Push notifications are late: more messages come into their queue than the function push works off.',
      metric: push.queue.metricApproximateNumberOfMessagesVisible(visible),
      from: 1000,
      lasting: true,
    },
  ];
}
