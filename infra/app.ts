import { App } from 'aws-cdk-lib';
import { ChatStack } from './chat-stack.ts';
import { readConfig } from './config.ts';

const app = new App({ analyticsReporting: false });
const config = readConfig(app);
new ChatStack(app, `chat-${config.stage}`, config);
app.synth();
