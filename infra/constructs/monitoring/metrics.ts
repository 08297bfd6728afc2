import { Duration, Stack } from 'aws-cdk-lib';
import { type IMetric, MathExpression, Metric, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Metric as OwnMetric } from '#shared/contract/metrics.ts';
import type { Config } from '../../config.ts';
import type { Delivery } from '../delivery.ts';
import type { RestApi } from '../rest-api.ts';
import type { SocketApi } from '../socket-api.ts';
import type { Tables } from '../tables.ts';

/** What there is to watch. */
export interface Watched {
  /** By their names in `functions/`. */
  functions: ReadonlyMap<string, LambdaFunction>;
  logGroup: ILogGroup;
  restApi: RestApi;
  socketApi: SocketApi;
  delivery: Delivery;
  tables: Tables;
  config: Config;
}

/** What everything is added up over, unless it says otherwise: an alarm comes within ten minutes, and not for a hiccup. */
export const period = Duration.minutes(5);

/** One of those that the functions count. */
export const counted = (scope: Construct, metricName: OwnMetric, options: MetricOptions = {}): Metric =>
  new Metric({ namespace: Stack.of(scope).stackName, metricName, statistic: 'Sum', period, ...options });

/** CloudWatch adds nothing up where one of the numbers is missing, and most of these are missing most of the time. */
const orNothing = (id: string) => `FILL(${id}, 0)`;

const numbered = (metrics: IMetric[], prefix = 'm') =>
  Object.fromEntries(metrics.map((metric, n) => [`${prefix}${n}`, metric]));

function combine(how: 'SUM' | 'MAX', usingMetrics: Record<string, IMetric>, label: string, within: Duration) {
  const expression = `${how}([${Object.keys(usingMetrics).map(orNothing).join(', ')}])`;
  return new MathExpression({ expression, usingMetrics, label, period: within });
}

/** Their sum. An alarm takes ten metrics at most; a graph needs a prefix for each sum that goes into another. */
export const total = (metrics: IMetric[], label: string, within = period, prefix?: string): MathExpression =>
  combine('SUM', numbered(metrics, prefix), label, within);

export const highest = (metrics: IMetric[], label: string): MathExpression =>
  combine('MAX', numbered(metrics), label, period);

/** The share of a part in all, in percent; nothing while all are fewer than `least`: one of three is no third. */
export function percentage(part: IMetric, all: IMetric[], least: number, label: string): MathExpression {
  const usingMetrics = numbered(all);
  const sum = Object.keys(usingMetrics).map(orNothing).join(' + ');
  const expression = `IF(${sum} >= ${least}, 100 * ${orNothing('part')} / (${sum}), 0)`;
  return new MathExpression({ expression, usingMetrics: { part, ...usingMetrics }, label, period });
}

/** A metric of some of the functions. */
export function ofFunctions(
  { functions }: Watched,
  names: readonly string[],
  metricName: string,
  statistic: string,
): Metric[] {
  return names.map((name) => {
    const lambda = functions.get(name);
    if (!lambda) throw new Error(`There is no function ${name} to watch.`);
    return lambda.metric(metricName, { statistic, period, label: name });
  });
}
