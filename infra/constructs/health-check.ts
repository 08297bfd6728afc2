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
 * It costs about 4 dollars a month. Fixed: 0.50 for the check and 1.00 for its HTTPS (an endpoint outside AWS would cost
 * 0.75 and 2.00), 0.10 for the alarm, 1.00 for the key of the topic. Each checker region has about two checkers that ask every 30
 * seconds: 3 x 2 x 86,400 / 30 x 30 = 518,400 requests, of which each takes one from CloudFront (0.52), the HTTP API (0.52)
 * and Lambda (0.10, and 0.03 for 10 ms with 512 MB), three reads of DynamoDB (0.10 to 0.19) and 700 bytes of logs (0.18).
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
      alarmDescription: `https://${host}/health does not answer from outside. See docs/operate.md`,
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
