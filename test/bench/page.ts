import { launch } from '../browser/chromium.ts';
import { makeLong } from '../browser/long-chat.ts';
import { signUp } from './page/people.ts';
import { scrollThrough } from './page/scrolling.ts';
import { sizeOf } from './page/size.ts';
import { startServer } from './processes.ts';

/** `npm run bench:page [-- messages [received]]`: how the web client scrolls through a long chat, and whether a long session grows. */

const [length, received] = [process.argv[2] ?? '10000', process.argv[3] ?? '3600'].map(Number) as [number, number];
/** How many messages come between two sizes. */
const step = Math.ceil(received / 6);

const server = await startServer('serve-local.ts');
const people = [await signUp(server.url, 'Anna'), await signUp(server.url, 'Boris'), await signUp(server.url, 'Vera')];
const [anna, ...others] = people as [(typeof people)[0], ...typeof people];
const chatId = await anna.newGroup(others.map(({ id }) => id));
const browser = await launch();
const context = await browser.newContext({
  baseURL: server.url,
  viewport: { width: 1280, height: 800 },
  serviceWorkers: 'block',
});
const page = await context.newPage();
await page.addInitScript(`localStorage.setItem('tokens', ${JSON.stringify(anna.tokens)})`);
const long = await makeLong(page, chatId, others, length);
await page.goto(`/#chat=${chatId}`);
await page.locator(`[data-seq="${length}"]`).waitFor();

console.log(
  `Scrolling up through ${length.toLocaleString('en')} messages, then a session with ${received.toLocaleString('en')} more.\n`,
);
const { frames, seconds, slow, longest, longTasks, longestTask, waited, maxRows, maxNodes } = await scrollThrough(page);
console.log(
  `${(frames / seconds).toFixed(0)} frames per second for ${seconds.toFixed(0)} s; ${slow} frames over 50 ms, the longest ${longest.toFixed(0)} ms`,
);
console.log(
  `${longTasks} tasks over 50 ms, the longest ${longestTask.toFixed(0)} ms; ${waited} frames at the beginning of what was loaded`,
);
console.log(`at most ${maxRows} messages and ${maxNodes} nodes on the page\n`);

await page.getByRole('button', { name: /^To the newest message/ }).click();
await page.locator(`[data-seq="${length}"]`).waitFor();
const session = await context.newCDPSession(page);
console.log('received    heap MB     nodes  listeners');
for (let count = 0; ; count += step) {
  const { heap, nodes, listeners } = await sizeOf(session);
  const columns = [
    count.toLocaleString('en').padStart(8),
    (heap / 1e6).toFixed(1).padStart(11),
    String(nodes).padStart(10),
  ];
  console.log(`${columns.join('')}${String(listeners).padStart(11)}`);
  if (count >= received) break;
  long.receive(step);
  await page.locator(`[data-seq="${long.last}"]`).waitFor({ timeout: 300_000 });
}
await browser.close();
await server.stop();
process.exit();
