import { ArnFormat, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { Config } from '../../config.ts';

/** Where alarms go. Subscribe more people, a pager or a chat room by hand. */
export class AlarmTopic extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, { alarmEmail }: Pick<Config, 'alarmEmail'>) {
    super(scope, id);
    const { stackName, account } = Stack.of(this);
    const principals = [new ServicePrincipal('cloudwatch.amazonaws.com')];
    const key = new Key(this, 'Key', {
      description: `${stackName}: encrypts notifications of alarms`,
      enableKeyRotation: true,
      pendingWindow: Duration.days(7),
      removalPolicy: RemovalPolicy.DESTROY,
    });
    // CloudWatch may not use SNS's default key: alarms would go off without a notification.
    const actions = ['kms:Decrypt', 'kms:GenerateDataKey*'];
    const conditions = { StringEquals: { 'aws:SourceAccount': account } };
    key.addToResourcePolicy(new PolicyStatement({ principals, actions, resources: ['*'], conditions }));
    this.topic = new Topic(this, 'Topic', { masterKey: key, enforceSSL: true });
    // Because the topic has a policy (for TLS), CloudWatch needs an explicit permission to publish.
    const alarms = Stack.of(this).formatArn({
      service: 'cloudwatch',
      resource: 'alarm',
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      resourceName: `${stackName}-*`,
    });
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        principals,
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: { ArnLike: { 'aws:SourceArn': alarms } },
      }),
    );
    if (alarmEmail) this.topic.addSubscription(new EmailSubscription(alarmEmail));
  }
}
