import { App } from 'aws-cdk-lib';
import { CURRENTLY_RECOMMENDED_FLAGS } from 'aws-cdk-lib/cx-api';
import { ChatStack } from './chat-stack.ts';
import { readConfig } from './config.ts';

/** As `cdk init` sets a new app up: CDK's behaviour of today, not of its first version. */
const app = new App({ analyticsReporting: false, postCliContext: CURRENTLY_RECOMMENDED_FLAGS });
const config = readConfig(app);
new ChatStack(app, `chat-${config.stage}`, config);
app.synth();
