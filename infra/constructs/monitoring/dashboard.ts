import { Duration, Stack } from 'aws-cdk-lib';
import {
  type Alarm,
  AlarmStatusWidget,
  Dashboard as CloudWatchDashboard,
  GraphWidget,
  type GraphWidgetProps,
  type IMetric,
  type IWidget,
  LogQueryWidget,
  Metric,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { Metric as OwnMetric } from '#shared/contract/metrics.ts';
import type { Files } from '../files.ts';
import type { Push } from '../push.ts';
import { sendPath } from './alarm-definitions.ts';
import { hourlyCosts } from './cost-estimate.ts';
import { type Monitored, ofFunctions, ownMetric, period } from './metrics.ts';

/** One page that answers three questions: is it healthy, is it fast, what does it cost. */
export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, monitored: Monitored, alarms: Alarm[]) {
    super(scope, id);
    const { stackName, region } = Stack.of(this);
    const logs = (title: string, ...queryLines: string[]) =>
      new LogQueryWidget({ title, queryLines, logGroupNames: [monitored.logGroup.logGroupName], width: 12, height: 7 });
    new CloudWatchDashboard(this, 'Dashboard', {
      // The dashboards of an account are in one list for all regions, and each needs a name of its own.
      dashboardName: `${stackName}-${region}`,
      widgets: [
        [header(`# ${stackName}: is it healthy?`, 'Each alarm has a section in docs/operate.md.')],
        [new AlarmStatusWidget({ title: 'Alarms', alarms, width: 24, height: 4 })],
        healthOfAnswers(this, monitored),
        healthOfWork(this, monitored),
        ...(monitored.push ? [healthOfPushes(this, monitored.push)] : []),
        ...(monitored.files ? [healthOfFiles(monitored.files)] : []),
        [header('# Is it fast?', '99 of 100 are as fast as p99, or faster.')],
        speed(monitored),
        [
          logs(
            'The slowest routes',
            'filter ispresent(durationMs)',
            'stats count() as requests, pct(durationMs, 50) as p50, pct(durationMs, 99) as p99 by route',
            'sort p99 desc',
          ),
          logs(
            'Errors and warnings',
            'filter level = "error" or level = "warn"',
            'stats count() as lines by message, route, code, error.message, cause',
            'sort lines desc',
          ),
        ],
        [
          header(
            '# What does it cost?',
            'At list prices of us-east-1, without connection minutes, data transfer, text messages and model tokens.',
          ),
        ],
        cost(this, monitored),
      ],
    });
  }
}

const header = (title: string, text: string) => new TextWidget({ markdown: `${title}\n${text}`, width: 24, height: 2 });

const graph = (title: string, left: IMetric[], right: IMetric[] = [], more: GraphWidgetProps = {}) =>
  new GraphWidget({ title, left, right, leftYAxis: { min: 0 }, rightYAxis: { min: 0 }, width: 8, height: 6, ...more });

const own = (scope: Construct, names: OwnMetric[]) => names.map((name) => ownMetric(scope, name, { label: name }));

const sum = (label: string) => ({ statistic: 'Sum', period, label });

function healthOfAnswers(scope: Construct, { restApi: { api }, socketApi: { stage } }: Monitored): IWidget[] {
  return [
    graph(
      'REST',
      [api.metricCount(sum('requests'))],
      [api.metricClientError(sum('4xx')), api.metricServerError(sum('5xx'))],
    ),
    graph(
      'Sockets',
      [stage.metric('ConnectCount', sum('connects')), stage.metric('MessageCount', sum('frames in and out'))],
      [
        stage.metric('IntegrationError', sum('refused')),
        stage.metric('ExecutionError', sum('function not called')),
        ...own(scope, ['Faults']),
      ],
    ),
    graph('Deliveries', own(scope, ['Deliveries']), [
      ...own(scope, ['DeliveryRetries', 'DeliveriesGivenUp', 'ConnectionsGone']),
    ]),
  ];
}

function healthOfWork(scope: Construct, monitored: Monitored): IWidget[] {
  const { tables, delivery } = monitored;
  const named = { chat: tables.chatTable, connections: tables.connectionsTable, control: tables.controlTable };
  const throttles = Object.entries(named).flatMap(([name, table]) =>
    ['Read', 'Write'].map((what) => table.metric(`${what}ThrottleEvents`, sum(`${what.toLowerCase()}s of ${name}`))),
  );
  const names = [...monitored.functions.keys()];
  return [
    graph('Functions that crash or time out', ofFunctions(monitored, names, 'Errors', 'Sum'), [
      delivery.deadLetters.metricApproximateNumberOfMessagesVisible({
        period,
        statistic: 'Maximum',
        label: 'dead letters',
      }),
    ]),
    graph('Throttled by DynamoDB', throttles),
    graph('Logins', own(scope, ['Logins', 'LoginsRefused']), own(scope, ['ReportedMessages', 'OverdueReports'])),
  ];
}

function healthOfPushes(scope: Construct, { queue, deadLetters }: Push): IWidget[] {
  const waiting = { period, statistic: 'Maximum' };
  const seconds = ['p50', 'p99'].map((statistic) => ownMetric(scope, 'PushSeconds', { statistic, label: statistic }));
  return [
    graph('Push notifications', own(scope, ['Pushes']), own(scope, ['PushesRefused', 'PushesLost'])),
    graph('From a message to its notification, s', seconds),
    graph('Waiting to be pushed', [
      queue.metricApproximateNumberOfMessagesVisible({ ...waiting, label: 'queue' }),
      deadLetters.metricApproximateNumberOfMessagesVisible({ ...waiting, label: 'dead letters' }),
    ]),
  ];
}

function healthOfFiles({ bucket, queue, deadLetters }: Files): IWidget[] {
  const waiting = { period, statistic: 'Maximum' };
  const stored = { namespace: 'AWS/S3', statistic: 'Average', period: Duration.days(1) };
  const ofBucket = (metricName: string, StorageType: string) =>
    new Metric({ ...stored, metricName, dimensionsMap: { BucketName: bucket.bucketName, StorageType } });
  return [
    // S3 counts them once a day, without charge.
    graph('Files stored, bytes', [ofBucket('BucketSizeBytes', 'StandardStorage')]),
    graph('Files stored, objects', [ofBucket('NumberOfObjects', 'AllStorageTypes')]),
    graph('Waiting to be deleted', [
      queue.metricApproximateNumberOfMessagesVisible({ ...waiting, label: 'queue' }),
      deadLetters.metricApproximateNumberOfMessagesVisible({ ...waiting, label: 'dead letters' }),
    ]),
  ];
}

function speed(monitored: Monitored): IWidget[] {
  const { restApi, socketApi } = monitored;
  const statistics = ['p50', 'p99'];
  const at = (statistic: string) => ({ statistic, period, label: statistic });
  return [
    graph(
      'REST, ms',
      statistics.map((statistic) => restApi.api.metricLatency(at(statistic))),
    ),
    graph(
      'Sockets, ms',
      statistics.map((statistic) => socketApi.stage.metric('IntegrationLatency', at(statistic))),
    ),
    graph('Sending and delivering, p99 ms', ofFunctions(monitored, [...sendPath, 'deliver'], 'Duration', 'p99')),
  ];
}

function cost(scope: Construct, monitored: Monitored): IWidget[] {
  return [
    graph('Dollars an hour', hourlyCosts(monitored), [], { width: 12, stacked: true }),
    graph(
      'Messages and codes (left); tokens of the assistant (right)',
      own(scope, ['Messages', 'CodesSent', 'CodesFailed']),
      [...own(scope, ['AssistantTokens'])],
      { width: 12 },
    ),
  ];
}
