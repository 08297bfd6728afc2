import { App } from 'aws-cdk-lib';
import { bundleFunctions } from '../../infra/bundle/index.ts';
import { ChatStack, functionNames } from '../../infra/chat-stack.ts';
import { readConfig } from '../../infra/read-config.ts';

const bundles = await bundleFunctions(functionNames);

/** The context of cdk.json with these settings for the stage `prod`. */
export const chosen = (prod: object) => ({ stages: { prod } });

/** The system's stack for a context of the CDK app. */
export function makeStack(context: Record<string, unknown> = {}): ChatStack {
  const app = new App({ context, analyticsReporting: false });
  return new ChatStack(app, 'chat-test', readConfig(app), bundles, 'a commit');
}

const certificateArn = 'arn:aws:acm:us-east-1:111111111111:certificate/c';
const webAclArn = 'arn:aws:wafv2:us-east-1:111111111111:global/webacl/w/1';
/** Every setting, each with a value other than its default but `edge`, without which there is no domain and no firewall. */
export const everything = {
  keepData: false,
  keyVersion: 2,
  restoredTable: 'chat-restored',
  edge: true,
  language: 'ru',
  domain: { name: 'chat.example.com', zone: { id: 'Z1', name: 'example.com' }, certificateArn },
  waf: { webAclArn },
  throttle: { rateLimit: 1 },
  passwordThrottle: { rateLimit: 1 },
  refuseCommonPasswords: false,
  parallelPages: 1,
  typing: { maxParticipants: 0 },
  push: true,
  files: { dailyMb: 1 },
  concurrency: false,
  textMessages: { origin: 'arn:aws:sms-voice:eu-west-1:111111111111:phone-number/n' },
  assistant: { model: 'another' },
  googleClientId: 'id',
  alarmEmail: 'operator@example.com',
  healthCheck: {},
  tracing: true,
  logDays: 7,
};
