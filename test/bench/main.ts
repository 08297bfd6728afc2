import { compareImports } from './imports.ts';
import { startServer } from './processes.ts';
import { surround } from './surroundings.ts';

/** `npm run bench`: what an action costs, how fast a room is posted to, and others beside it. See docs/performance.md. */

console.log('Starting DynamoDB Local, and peers in a process of their own');
const { peersUrl, connectionsTable, end } = await surround();
// They read the environment when they are imported.
const { measureActions } = await import('./actions.ts');
const { measureFanOut } = await import('./fan-out.ts');
const { compareRooms } = await import('./side-by-side.ts');

console.log('\nWhat an action costs\n');
await measureActions();
console.log('\nPosting to a room: CPU is that of the process that posts\n');
await measureFanOut(peersUrl);
console.log('\nOne message to a room of 250, in a system of 2,500 connections\n');
const theirs = await startServer('reference/spec-server.ts');
await compareRooms({ peersUrl, connectionsTable, specUrl: theirs.url });
await theirs.stop();
console.log('\nImporting a bundle, beside the same code bundled by esbuild alone\n');
await compareImports(['users/get-me', 'chats/list-chats', 'chats/send-message', 'websocket/message', 'auth/login']);
await end();
process.exit();
