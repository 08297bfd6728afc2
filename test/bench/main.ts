import { step } from '../../infra/local/console/progress.ts';
import { startServer } from './processes.ts';
import { surround } from './surroundings.ts';
import { printGroup, printTitles } from './table.ts';

/** `npm run bench`: the cost of an action and the speed of posting to a room, compared with alternatives. See docs/performance.md. */

console.log('Measures what an action costs and how fast a room gets a message, beside others that do the same.');
console.log('It takes four minutes on an idle machine; docs/performance.md explains the columns.\n');
const { peersUrl, chatTable, connectionsTable, end } = await step(
  console.log,
  'Starting DynamoDB Local, and a process that takes what is posted',
  surround,
);
console.log();
// They read the environment when they are imported.
const { measureActions } = await import('./actions.ts');
const { measureSearch } = await import('./search.ts');
const { measureDatabaseCall } = await import('./database-call.ts');
const { measureFanOut } = await import('./fan-out.ts');
const { measureBadPeers } = await import('./bad-peers.ts');
const { compareRooms } = await import('./side-by-side.ts');

printTitles();
printGroup('An action (ratio: importing its bundle to importing one by esbuild alone)');
await measureActions();
printGroup('Searching 10,000 messages of 260 bytes in a chat (CPU of the process that searches)');
await measureSearch();
printGroup('A consistent get (ratio: the CPU of the SDK to ours)');
await measureDatabaseCall(chatTable);
printGroup('Posting to a room (CPU of a post; ratio: the CPU of the SDK to ours)');
await measureFanOut(peersUrl);
printGroup('Posting to a room of 250: when a frame is at its healthy peers');
await measureBadPeers(peersUrl);
printGroup('One message to a room of 250, in a system of 2,500 connections');
const theirs = await startServer('reference/spec-server.ts');
await compareRooms({ peersUrl, connectionsTable, specUrl: theirs.url });
await theirs.stop();
await end();
process.exit();
