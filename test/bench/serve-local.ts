import { startLocal } from '../../infra/local/runner.ts';

/** This backend as `npm start` serves it, with its data in memory or in the folder that is named. */
const local = await startLocal({ port: 0, folder: process.argv[2], log: () => {} });
console.log(`listening ${new URL(local.url).port}`);
process.once('SIGTERM', () => void local.close().then(() => process.exit()));
