import { Construct } from 'constructs';
import { AlarmTopic } from './alarm-topic.ts';
import { Alarms } from './alarms.ts';
import { Dashboard } from './dashboard.ts';
import type { Watched } from './metrics.ts';

/** What tells the operator how the system does: a page to look at, and alarms for when nobody looks. */
export class Watch extends Construct {
  readonly topicArn: string;

  constructor(scope: Construct, id: string, watched: Watched) {
    super(scope, id);
    const { topic } = new AlarmTopic(this, 'Topic', watched.config);
    this.topicArn = topic.topicArn;
    const { all } = new Alarms(this, 'Alarms', topic, watched);
    new Dashboard(this, 'Dashboard', watched, all);
  }
}
