import { Duration, Stack } from 'aws-cdk-lib';
import { type IMetric, MathExpression, Metric, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Metric as OwnMetric, TimeMetric } from '#shared/contract/metrics.ts';
import type { Config } from '../../config.ts';
import type { Delivery } from '../delivery.ts';
import type { Files } from '../files.ts';
import type { Push } from '../push.ts';
import type { RestApi } from '../rest-api.ts';
import type { SocketApi } from '../socket-api.ts';
import type { Tables } from '../tables.ts';

/** The resources that the alarms and the dashboard are about. */
export interface Monitored {
  /** By their names in `functions/`. */
  functions: ReadonlyMap<string, LambdaFunction>;
  logGroup: ILogGroup;
  restApi: RestApi;
  socketApi: SocketApi;
  delivery: Delivery;
  /** Undefined in a stage without push notifications. */
  push: Push | undefined;
  /** Undefined in a stage without files. */
  files: Files | undefined;
  tables: Tables;
  config: Config;
}

/** The default period of all metrics: an alarm goes off within ten minutes, but not for a hiccup. */
export const period = Duration.minutes(5);

/** A metric that the functions count themselves. */
export const ownMetric = (scope: Construct, metricName: OwnMetric | TimeMetric, options: MetricOptions = {}): Metric =>
  new Metric({ namespace: Stack.of(scope).stackName, metricName, statistic: 'Sum', period, ...options });

/** A missing number counts as 0. Otherwise CloudWatch would have no sum, and most of these numbers are missing most of the time. */
const orZero = (id: string) => `FILL(${id}, 0)`;

const numbered = (metrics: IMetric[], prefix = 'm') =>
  Object.fromEntries(metrics.map((metric, n) => [`${prefix}${n}`, metric]));

function combine(how: 'SUM' | 'MAX', usingMetrics: Record<string, IMetric>, label: string, over: Duration) {
  const expression = `${how}([${Object.keys(usingMetrics).map(orZero).join(', ')}])`;
  return new MathExpression({ expression, usingMetrics, label, period: over });
}

/** The sum of the metrics: at most ten in an alarm. In a graph, a sum that is part of another needs its own prefix. */
export const total = (metrics: IMetric[], label: string, over = period, prefix?: string): MathExpression =>
  combine('SUM', numbered(metrics, prefix), label, over);

export const highest = (metrics: IMetric[], label: string): MathExpression =>
  combine('MAX', numbered(metrics), label, period);

/** `part` as a percentage of `all`. Zero while `all` has fewer than `min` samples, to avoid noise. */
export function percentage(part: IMetric, all: IMetric[], min: number, label: string, over = period): MathExpression {
  const usingMetrics = numbered(all);
  const sum = Object.keys(usingMetrics).map(orZero).join(' + ');
  const expression = `IF(${sum} >= ${min}, 100 * ${orZero('part')} / (${sum}), 0)`;
  return new MathExpression({ expression, usingMetrics: { part, ...usingMetrics }, label, period: over });
}

/** The same metric of several functions, by their names. */
export function ofFunctions(
  { functions }: Monitored,
  names: readonly string[],
  metricName: string,
  statistic: string,
): Metric[] {
  return names.map((name) => {
    const lambda = functions.get(name);
    if (!lambda) throw new Error(`There is no function ${name}.`);
    return lambda.metric(metricName, { statistic, period, label: name });
  });
}
