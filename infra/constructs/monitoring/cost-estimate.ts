import { Duration } from 'aws-cdk-lib';
import { type IMetric, MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { pricesPerMillion as prices } from '../../prices.ts';
import { type Monitored, total } from './metrics.ts';

const anHour = { statistic: 'Sum', period: Duration.hours(1) };

/** The hourly cost of a service. Ids of metrics must be unique within a graph, so they start with the service. */
function dollars(service: string, ...parts: [price: number, metric: IMetric][]): MathExpression {
  const idOf = (n: number) => `${service.toLowerCase()}${n}`;
  return new MathExpression({
    // Written without 1e-6, which CloudWatch may not understand.
    expression: parts.map(([price], n) => `${price} * FILL(${idOf(n)}, 0) / 1000000`).join(' + '),
    usingMetrics: Object.fromEntries(parts.map(([, metric], n) => [idOf(n), metric])),
    label: service,
    period: anHour.period,
  });
}

/**
 * What AWS charges for use, in dollars an hour by service. Missing are connection minutes, which no metric counts, files
 * and the transfer out.
 */
export function hourlyCosts(monitored: Monitored): IMetric[] {
  const { restApi, socketApi, logGroup, tables, push, files, config } = monitored;
  const all = [tables.chatTable, tables.connectionsTable, tables.controlTable];
  const logged = [logGroup, restApi.logGroup].map(({ logGroupName: LogGroupName }): [number, IMetric] => [
    prices.loggedByte,
    new Metric({ namespace: 'AWS/Logs', metricName: 'IncomingBytes', dimensionsMap: { LogGroupName }, ...anHour }),
  ]);
  const requests = restApi.api.metricCount(anHour);
  // Every request and every handshake comes through CloudFront, whose own metrics are in us-east-1 only.
  const edge = dollars(
    'CloudFront',
    [prices.edgeRequest, requests],
    [prices.edgeRequest + prices.edgeFunction, socketApi.stage.metric('ConnectCount', anHour)],
  );
  return [
    ...(config.edge ? [edge] : []),
    dollars('sockets', [prices.frame, socketApi.stage.metric('MessageCount', anHour)]),
    dollars('REST', [prices.request, requests]),
    lambdaCosts(monitored),
    dollars(
      'DynamoDB',
      ...all.flatMap((table): [number, IMetric][] => [
        [prices.writeUnit, table.metric('ConsumedWriteCapacityUnits', anHour)],
        [prices.readUnit, table.metric('ConsumedReadCapacityUnits', anHour)],
      ]),
    ),
    dollars('logs', ...logged),
    ...queueCosts([push, files].flatMap((queued) => queued?.queue ?? [])),
  ];
}

/** Sending a message, receiving it and deleting it. */
function queueCosts(queues: Queue[]): IMetric[] {
  const sent = queues.map((queue): [number, IMetric] => [
    3 * prices.queueRequest,
    queue.metricNumberOfMessagesSent(anHour),
  ]);
  return sent.length > 0 ? [dollars('SQS', ...sent)] : [];
}

function lambdaCosts({ functions }: Monitored): IMetric {
  const lambdas = [...functions.values()];
  const memoryOf = (lambda: (typeof lambdas)[number]) => (lambda.node.defaultChild as CfnFunction).memorySize ?? 128;
  const bySize = [...Map.groupBy(lambdas, memoryOf)].map(([megabytes, some]): [number, IMetric] => {
    const milliseconds = total(
      some.map((lambda) => lambda.metricDuration(anHour)),
      `ms with ${megabytes} MB`,
      anHour.period,
      `size${megabytes}n`,
    );
    return [(prices.gigabyteSecond * megabytes) / 1024 / 1000, milliseconds];
  });
  const invocations = total(
    lambdas.map((lambda) => lambda.metricInvocations(anHour)),
    'invocations',
    anHour.period,
    'invocations',
  );
  return dollars('Lambda', ...bySize, [prices.invocation, invocations]);
}
