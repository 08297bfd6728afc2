import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { websocketRoutes } from '#shared/contract/websocket/index.ts';
import type { Table } from '../tables.ts';
import type { AlarmDefinition } from './alarm-definition.ts';
import { filesAlarms } from './files-alarms.ts';
import { highest, type Monitored, ofFunctions, ownMetric, percentage, period, total } from './metrics.ts';
import { pushAlarms } from './push-alarms.ts';

/** The functions that accept messages. */
export const sendPath = ['websocket/message', 'chats/send-message'];

/** Functions whose crashes no HTTP status shows. The HTTP API counts those of all others as 5xx. */
const notBehindHttp = [...Object.values(websocketRoutes).map(({ name }) => name), 'deliver', 'erase-reactions'];

/** The busiest functions, which a lack of concurrency in the account affects first, and those with reserved concurrency. */
const likelyThrottled = [
  ...sendPath,
  'websocket/connect',
  'websocket/sync',
  'chats/list-chats',
  'chats/list-messages',
  'deliver',
  'ai/ask-assistant',
  'ai/list-suggestions',
  'auth/send-code',
];

/** The DynamoDB operations that functions use. A transaction counts as one. */
const operations = [
  'GetItem',
  'BatchGetItem',
  'Query',
  'PutItem',
  'UpdateItem',
  'DeleteItem',
  'BatchWriteItem',
  'TransactWriteItems',
];

/** All alarms. */
export const alarmDefinitions = (scope: Construct, monitored: Monitored): AlarmDefinition[] => [
  ...answers(scope, monitored),
  ...work(scope, monitored),
  ...pushAlarms(scope, monitored),
  ...filesAlarms(monitored),
  ...data(monitored),
  ...money(scope, monitored),
];

/** What clients see: errors, slow answers, frames that do not arrive. */
function answers(scope: Construct, monitored: Monitored): AlarmDefinition[] {
  const { restApi, socketApi } = monitored;
  const requests = restApi.api.metricCount({ statistic: 'Sum', period });
  const errors = restApi.api.metricServerError({ statistic: 'Sum', period });
  const uncalled = socketApi.stage.metric('ExecutionError', { statistic: 'Sum', period });
  const givenUp = ownMetric(scope, 'DeliveriesGivenUp');
  return [
    {
      section: 'rest-errors',
      means: 'At least 5% of the requests to the REST API fail with a 5xx.',
      metric: percentage(errors, [requests], 20, '5xx, %'),
      from: 5,
      lasting: true,
    },
    {
      section: 'socket-errors',
      means: 'Frames fail on the server, or deliveries cannot start.',
      metric: total([uncalled, ownMetric(scope, 'Faults')], 'faults on sockets'),
      from: 5,
    },
    {
      section: 'slow-sends',
      means: 'One message in a hundred takes at least 3 seconds to be stored and delivered.',
      metric: highest(ofFunctions(monitored, sendPath, 'Duration', 'p99'), 'sending, p99 ms'),
      from: 3000,
      lasting: true,
    },
    {
      section: 'deliveries-given-up',
      means: 'At least 5% of the frames do not reach their open connections.',
      metric: percentage(givenUp, [givenUp, ownMetric(scope, 'Deliveries')], 100, 'given up, %'),
      from: 5,
      lasting: true,
    },
  ];
}

/** The functions: crashes, throttles, failed deliveries, key rotation. */
function work(scope: Construct, monitored: Monitored): AlarmDefinition[] {
  const { delivery } = monitored;
  return [
    {
      section: 'function-errors',
      means: 'Functions of the WebSocket API or of deliveries crash or time out.',
      metric: total(ofFunctions(monitored, notBehindHttp, 'Errors', 'Sum'), 'crashes and timeouts'),
      from: 3,
    },
    {
      section: 'throttles',
      means: 'Lambda throttles functions: the concurrency of the account or of a function is used up.',
      metric: total(ofFunctions(monitored, likelyThrottled, 'Throttles', 'Sum'), 'throttled'),
      from: 5,
    },
    {
      section: 'dead-letters',
      means: 'Part of a large room did not get a message live, or reactions of a deleted account are left.',
      metric: delivery.deadLetters.metricApproximateNumberOfMessagesVisible({ period, statistic: 'Maximum' }),
      from: 1,
    },
    {
      section: 'function-errors',
      name: 'function-errors-reports',
      means: 'The function that counts open reports crashes or times out.',
      metric: total(ofFunctions(monitored, ['count-reports'], 'Errors', 'Sum'), 'crashes and timeouts'),
      from: 3,
    },
    {
      section: 'reports-overdue',
      means: 'A reported message has been waiting for the operator for more than a day.',
      metric: ownMetric(scope, 'OverdueReports', { period: Duration.hours(1), statistic: 'Maximum' }),
      from: 1,
    },
    {
      section: 'key-rotation',
      means: 'The key that signs tokens could not be rotated.',
      metric: total(ofFunctions(monitored, ['rotate-keys'], 'Errors', 'Sum'), 'crashes and timeouts'),
      from: 1,
    },
  ];
}

/** DynamoDB. */
function data({ tables: { chatTable, connectionsTable, controlTable } }: Monitored): AlarmDefinition[] {
  const named: [string, Table][] = [
    ['chat', chatTable],
    ['connections', connectionsTable],
  ];
  const sum = (table: Table, metricName: string) => table.metric(metricName, { statistic: 'Sum', period });
  return [
    ...named.map(([name, table]) => ({
      section: 'dynamodb-errors',
      name: `dynamodb-errors-${name}`,
      means: `DynamoDB returns errors of its own for the table ${name}.`,
      metric: total(
        operations.map((Operation) =>
          sum(table, 'SystemErrors').with({ dimensionsMap: { TableName: table.tableName, Operation } }),
        ),
        'system errors',
      ),
      from: 5,
    })),
    {
      section: 'dynamodb-throttles',
      means: 'DynamoDB throttles reads or writes.',
      metric: total(
        [
          ...named.flatMap(([, table]) => [sum(table, 'ReadThrottleEvents'), sum(table, 'WriteThrottleEvents')]),
          // Every new function instance reads it.
          sum(controlTable, 'ReadThrottleEvents'),
        ],
        'throttled',
      ),
      from: 10,
    },
  ];
}

/** What is paid for by use: text messages and the assistant's tokens. */
function money(scope: Construct, { config: { textMessages, assistant } }: Monitored): AlarmDefinition[] {
  const dayOfCap = Math.max(1, Math.ceil(textMessages.monthlyCap / 30));
  const anHour = { period: Duration.hours(1) };
  const failed = ownMetric(scope, 'CodesFailed', anHour);
  const tokens = Math.max(1, Math.ceil(assistant.stackTokens / 2));
  return [
    {
      section: 'codes-sent',
      means: `At least ${dayOfCap} one-time codes were sent in an hour, as many as the monthly cap allows per day.`,
      metric: ownMetric(scope, 'CodesSent', anHour),
      from: dayOfCap,
    },
    {
      section: 'codes-failed',
      means: 'At least half of the one-time codes of an hour could not be sent, so people cannot log in by phone.',
      metric: percentage(failed, [failed, ownMetric(scope, 'CodesSent', anHour)], 3, 'failed, %', anHour.period),
      from: 50,
    },
    {
      section: 'assistant-tokens',
      means: `The assistant used at least ${tokens} tokens in a day, half of its daily budget.`,
      metric: ownMetric(scope, 'AssistantTokens', { period: Duration.days(1) }),
      from: tokens,
    },
  ];
}
