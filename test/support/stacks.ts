import { App } from 'aws-cdk-lib';
import { bundleFunctions } from '../../infra/bundle/index.ts';
import { ChatStack, functionNames } from '../../infra/chat-stack.ts';
import { readConfig } from '../../infra/config.ts';

const bundles = await bundleFunctions(functionNames);

/** The context of cdk.json with these settings for the stage `prod`. */
export const chosen = (prod: object) => ({ stages: { prod } });

/** The system's stack for a context of the CDK app. */
export function makeStack(context: Record<string, unknown> = {}): ChatStack {
  const app = new App({ context, analyticsReporting: false });
  return new ChatStack(app, 'chat-test', readConfig(app), bundles);
}
