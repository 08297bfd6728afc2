import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';

/** When an alarm goes off, and what it means. */
export interface AlarmDefinition {
  /** Its section in docs/operate.md; also its name after the stack's, unless `name` is set. */
  section: string;
  name?: string;
  means: string;
  metric: IMetric;
  /** The alarm goes off when the metric reaches this value. */
  from: number;
  /** Goes off only if the value is reached in two of three periods. */
  lasting?: boolean;
}
