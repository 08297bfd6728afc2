import { Duration, Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { CfnHealthCheck } from 'aws-cdk-lib/aws-route53';
import { Construct } from 'constructs';
import type { Config } from '../config.ts';
import { AlarmTopic } from './monitoring/alarm-topic.ts';

export interface HealthCheckProps extends Pick<Config, 'alarmEmail'> {
  host: string;
}

/** The fewest that Route 53 accepts, far from each other. */
const checkers = ['ap-southeast-1', 'eu-west-1', 'us-east-1'];

/**
 * Asks https://HOST/health from outside, with an alarm: it also notices what the stack's own alarms can't, such as a wrong
 * DNS record, an expired certificate or a region that does not answer.
 *
 * docs/costs.md adds up what it costs, with the requests that it causes: about 4 dollars a month.
 */
export class HealthCheck extends Construct {
  readonly topicArn: string;

  constructor(scope: Construct, id: string, { host, alarmEmail }: HealthCheckProps) {
    super(scope, id);
    const { attrHealthCheckId: HealthCheckId } = new CfnHealthCheck(this, 'Check', {
      healthCheckConfig: {
        type: 'HTTPS',
        fullyQualifiedDomainName: host,
        resourcePath: '/health',
        requestInterval: 30,
        failureThreshold: 3,
        regions: checkers,
      },
      healthCheckTags: [{ key: 'Name', value: Stack.of(this).stackName }],
    });
    const { topic } = new AlarmTopic(this, 'Topic', { alarmEmail });
    const status = { namespace: 'AWS/Route53', metricName: 'HealthCheckStatus', dimensionsMap: { HealthCheckId } };
    const alarm = new Alarm(this, 'Alarm', {
      alarmName: `${Stack.of(this).stackName}-unreachable`,
      alarmDescription: `https://${host}/health does not answer from outside. See docs/operate.md#unreachable`,
      // 1 while the host is healthy, 0 while it is not.
      metric: new Metric({ ...status, statistic: 'Minimum', period: Duration.minutes(1) }),
      threshold: 1,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: 1,
    });
    const action = new SnsAction(topic);
    alarm.addAlarmAction(action);
    alarm.addOkAction(action);
    this.topicArn = topic.topicArn;
  }
}
