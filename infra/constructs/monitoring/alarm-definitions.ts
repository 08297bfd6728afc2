import { Duration } from 'aws-cdk-lib';
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { websocketRoutes } from '#shared/contract/websocket/index.ts';
import type { Table } from '../tables.ts';
import { counted, highest, ofFunctions, percentage, period, total, type Watched } from './metrics.ts';

/** When somebody should be told. */
export interface AlarmDefinition {
  /** Its section in docs/operate.md, and its name behind the stack's unless it has another. */
  section: string;
  name?: string;
  means: string;
  metric: IMetric;
  /** Goes off when the metric is this high or higher. */
  from: number;
  /** Whether it goes off only when that lasts: in two of three periods. */
  lasting?: boolean;
}

/** What a message takes on its way in. */
export const sendPath = ['websocket/message', 'chats/send-message'];

/** Those whose crash no status tells of: every other is behind the HTTP API, which counts it as a 5xx. */
const unseen = [...Object.values(websocketRoutes).map(({ name }) => name), 'deliver'];

/** Those that are called all the time, which feel first that the account has no more room, and those with room of their own. */
const crowded = [
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

/** What the functions ask of DynamoDB. A transaction is one, whatever it is made of. */
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

/** All alarms that there are. */
export const alarmDefinitions = (scope: Construct, watched: Watched): AlarmDefinition[] => [
  ...answers(scope, watched),
  ...work(watched),
  ...data(watched),
  ...money(scope, watched),
];

/** What the app is answered, and what its users get. */
function answers(scope: Construct, watched: Watched): AlarmDefinition[] {
  const { restApi, socketApi } = watched;
  const requests = restApi.api.metricCount({ statistic: 'Sum', period });
  const errors = restApi.api.metricServerError({ statistic: 'Sum', period });
  const uncalled = socketApi.stage.metric('ExecutionError', { statistic: 'Sum', period });
  const givenUp = counted(scope, 'DeliveriesGivenUp');
  return [
    {
      section: 'rest-errors',
      means: 'At least 5% of the requests to the REST API end with a 5xx.',
      metric: percentage(errors, [requests], 20, '5xx, %'),
      from: 5,
      lasting: true,
    },
    {
      section: 'socket-errors',
      means: 'Frames break on our side, or deliveries can not begin.',
      metric: total([uncalled, counted(scope, 'Faults')], 'faults on sockets'),
      from: 5,
    },
    {
      section: 'slow-sends',
      means: 'One message in a hundred takes 3 seconds or more to be stored and delivered.',
      metric: highest(ofFunctions(watched, sendPath, 'Duration', 'p99'), 'sending, p99 ms'),
      from: 3000,
      lasting: true,
    },
    {
      section: 'deliveries-given-up',
      means: 'At least 5% of the frames do not reach open connections.',
      metric: percentage(givenUp, [givenUp, counted(scope, 'Deliveries')], 100, 'given up, %'),
      from: 5,
      lasting: true,
    },
  ];
}

/** The functions themselves. */
function work(watched: Watched): AlarmDefinition[] {
  const { delivery } = watched;
  return [
    {
      section: 'function-errors',
      means: 'Functions behind sockets and deliveries crash or time out.',
      metric: total(ofFunctions(watched, unseen, 'Errors', 'Sum'), 'crashes and time-outs'),
      from: 3,
    },
    {
      section: 'throttles',
      means: 'Lambda refuses to run functions: the account or a function has no more concurrency.',
      metric: total(ofFunctions(watched, crowded, 'Throttles', 'Sum'), 'throttled'),
      from: 5,
    },
    {
      section: 'dead-letters',
      means: 'Messages were not delivered to a part of a large room.',
      metric: delivery.deadLetters.metricApproximateNumberOfMessagesVisible({ period, statistic: 'Maximum' }),
      from: 1,
    },
    {
      section: 'key-rotation',
      means: 'The key that signs the tokens could not be changed.',
      metric: total(ofFunctions(watched, ['rotate-keys'], 'Errors', 'Sum'), 'crashes and time-outs'),
      from: 1,
    },
  ];
}

/** DynamoDB. */
function data({ tables: { chatTable, connectionsTable } }: Watched): AlarmDefinition[] {
  const named: [string, Table][] = [
    ['chat', chatTable],
    ['connections', connectionsTable],
  ];
  const sum = (table: Table, metricName: string) => table.metric(metricName, { statistic: 'Sum', period });
  return [
    ...named.map(([name, table]) => ({
      section: 'dynamodb-errors',
      name: `dynamodb-errors-${name}`,
      means: `DynamoDB fails on the table ${name}.`,
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
      means: 'DynamoDB takes less than it is asked for.',
      metric: total(
        named.flatMap(([, table]) => [sum(table, 'ReadThrottleEvents'), sum(table, 'WriteThrottleEvents')]),
        'throttled',
      ),
      from: 10,
    },
  ];
}

/** What is paid for by the piece. */
function money(scope: Construct, { config: { textMessages, assistant } }: Watched): AlarmDefinition[] {
  const dayOfCap = Math.max(1, Math.ceil(textMessages.monthlyCap / 30));
  const tokens = Math.max(1, 10 * assistant.chatTokens);
  return [
    {
      section: 'codes-sent',
      means: `In an hour at least ${dayOfCap} codes were sent, a day's share of the cap of the month.`,
      metric: counted(scope, 'CodesSent', { period: Duration.hours(1) }),
      from: dayOfCap,
    },
    {
      section: 'assistant-tokens',
      means: `In a day the assistant used at least ${tokens} tokens, as many as ten chats may.`,
      metric: counted(scope, 'AssistantTokens', { period: Duration.days(1) }),
      from: tokens,
    },
  ];
}
