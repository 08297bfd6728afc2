import { readArguments } from '../../infra/local/console/command-line.ts';
import { Runner } from '../../infra/local/runner.ts';
import { findChromium, launch } from '../browser/chromium.ts';
import { takeDemo } from './demo.ts';
import { takeReadme } from './readme.ts';

/** Takes the pictures in the documents, of the web client as it is now. */

const usage = `npm run pictures    Takes the pictures of README.md and docs/demo.md into docs/images/.

It starts a backend that keeps no data, and needs Chromium.

  CHROMIUM_PATH    path of the browser`;

readArguments([], usage);

if (!findChromium()) process.exit(1);
const runner = await Runner.start({ port: 0, log: () => {} });
const browser = await launch();
try {
  await takeReadme(browser, runner.url);
  await takeDemo(browser, runner.url);
} finally {
  await browser.close();
  await runner.close();
}
