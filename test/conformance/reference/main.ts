import { startReference } from './server.ts';

/** `npx node --import ./infra/node24.mjs test/conformance/reference/main.ts [port]` */

const { url } = await startReference(Number(process.argv[2] ?? 3001));
console.log(`The reference server listens at ${url}. Everybody's one-time code is 123456.`);
