import { Annotations, type Stack, Token } from 'aws-cdk-lib';
import { exceedsQuota, largestFor } from './api-quota.ts';
import type { Config } from './config.ts';

/**
 * Regions in which an account gets only 2,500 requests per second with bursts of 1,250 from API Gateway, instead of 10,000
 * with bursts of 5,000. From the page of API Gateway's quotas.
 */
const regionsWithSmallQuota = [
  'af-south-1',
  'ap-south-2',
  'ap-southeast-3',
  'ap-southeast-4',
  'ap-southeast-5',
  'ap-southeast-7',
  'ca-west-1',
  'eu-central-2',
  'eu-south-1',
  'eu-south-2',
  'il-central-1',
  'me-central-1',
  'mx-central-1',
];

const smallQuota = { rateLimit: 2500, burstLimit: 1250 };

/** A quarter of the defaults, because the quota is a quarter: docs/deploy.md. */
const advised = largestFor(smallQuota);

/** Warnings of `cdk synth` and `cdk deploy` about settings that are allowed, but rarely meant. */
export function warn(stack: Stack, config: Config): void {
  const region = regionOf(stack);
  const warning = (id: string, text: string) => Annotations.of(stack).addWarningV2(`chat:${id}`, text);
  if (config.keepData && !config.alarmEmail)
    warning(
      'alarmEmail',
      `The stage "${config.stage}" keeps data, but its alarms reach nobody. Set "alarmEmail", or subscribe to the topic of the output AlarmTopicArn.`,
    );
  if (region && regionsWithSmallQuota.includes(region) && exceedsQuota(config, smallQuota))
    warning(
      'quota',
      `In ${region} API Gateway accepts 2,500 requests per second from an account, with bursts of 1,250, unless AWS has raised this quota. One message to a large room can use it up. Set "throttle": { "rateLimit": ${advised.rateLimit}, "burstLimit": ${advised.burstLimit} } and "parallelPages": ${advised.parallelPages}.`,
    );
}

/** The stack does not say where it is deployed; CDK's command knows from the profile, if there is one. */
const regionOf = ({ region }: Stack) => (Token.isUnresolved(region) ? process.env.CDK_DEFAULT_REGION : region);
