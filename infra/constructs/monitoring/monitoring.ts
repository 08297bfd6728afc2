import { Construct } from 'constructs';
import { AlarmTopic } from './alarm-topic.ts';
import { Alarms } from './alarms.ts';
import { Dashboard } from './dashboard.ts';
import type { Monitored } from './metrics.ts';

/** What the operator sees: a dashboard, and alarms that go to a topic. */
export class Monitoring extends Construct {
  readonly topicArn: string;

  constructor(scope: Construct, id: string, monitored: Monitored) {
    super(scope, id);
    const { topic } = new AlarmTopic(this, 'Topic', monitored.config);
    this.topicArn = topic.topicArn;
    const { all } = new Alarms(this, 'Alarms', topic, monitored);
    new Dashboard(this, 'Dashboard', monitored, all);
  }
}
