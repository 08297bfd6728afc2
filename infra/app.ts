import { App, Validations } from 'aws-cdk-lib';
import { CURRENTLY_RECOMMENDED_FLAGS } from 'aws-cdk-lib/cx-api';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { bundleFunctions } from './bundle/index.ts';
import { ChatStack, functionNames } from './chat-stack.ts';
import { currentCommit } from './current-commit.ts';
import { EdgeStack, needsEdgeStack } from './edge-stack.ts';
import { readConfig } from './read-config.ts';
import { checkRegion } from './region.ts';

try {
  checkRegion();
  // The same flags as `cdk init` sets for a new app: current behaviour instead of that of CDK's first version.
  const app = new App({ analyticsReporting: false, postCliContext: CURRENTLY_RECOMMENDED_FLAGS });
  const config = readConfig(app);
  // On stderr, because the template goes to stdout. Bundling takes five seconds when sources have changed.
  console.error(`Synthesizing chat-${config.stage}: ${functionNames.length} functions`);
  const bundles = await bundleFunctions(functionNames);
  new ChatStack(app, `chat-${config.stage}`, config, bundles, currentCommit(import.meta.dirname));
  if (needsEdgeStack(config)) new EdgeStack(app, `chat-${config.stage}-edge`, config);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
  app.synth();
} catch (error) {
  // For a wrong setting or a source that does not compile the message says it all; any other error needs its stack trace.
  const expected = error instanceof Error && error.name === 'Error';
  console.error(expected ? error.message : error);
  process.exitCode = 1;
}
