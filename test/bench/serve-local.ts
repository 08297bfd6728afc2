import { Runner } from '../../infra/local/runner.ts';

/** This backend as `npm start` serves it, with its data in memory or in the folder that is named. */
const runner = await Runner.start({ port: 0, folder: process.argv[2], log: () => {} });
console.log(`listening ${new URL(runner.url).port}`);
process.once('SIGTERM', () => void runner.close().then(() => process.exit()));
