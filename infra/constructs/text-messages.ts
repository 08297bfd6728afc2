import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Config } from '../config.ts';
import type { Grant } from './endpoint-function.ts';

/** Text messages through AWS End User Messaging: the sender, the countries and the monthly cap. */
export class TextMessages extends Construct {
  private readonly config: Config['textMessages'];

  constructor(scope: Construct, id: string, { textMessages }: Pick<Config, 'textMessages'>) {
    super(scope, id);
    this.config = textMessages;
  }

  /** Lets a function send text messages. */
  send(): Grant {
    const { origin, countries, monthlyCap } = this.config;
    const own = (resource: string) => Stack.of(this).formatArn({ service: 'sms-voice', resource, resourceName: '*' });
    return {
      environment: {
        SMS_COUNTRIES: countries.join(),
        SMS_MONTHLY_CAP: String(monthlyCap),
        ...(origin && { SMS_ORIGIN: origin }),
      },
      statements: [
        new PolicyStatement({
          actions: ['sms-voice:SendTextMessage'],
          // Without an origin AWS chooses one of the account's phone numbers. A pool or a sender ID has to be named.
          resources: [origin ?? own('phone-number')],
        }),
      ],
    };
  }
}
