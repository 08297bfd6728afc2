import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { launch } from './chromium.ts';

/** `npm run icons`: draws the icons of the installed web client from its logo, which needs Chromium. Run it when the logo changes. */

const folder = join(import.meta.dirname, '../../infra/local/playground');
const logo = readFileSync(join(folder, 'logo.svg'), 'utf8');
/** Where a system cuts the icon to its own shape, the colours of the logo reach the edges, and it is drawn smaller. */
const full = logo.replace('rx="16"', '').replace('viewBox="0 0 64 64"', 'viewBox="-6 -6 76 76"');
const background = 'linear-gradient(135deg, #4f7df3, #6a3fe0)';

const icons = [
  { name: 'icon-192', size: 192, svg: logo, background: 'none' },
  { name: 'icon-512', size: 512, svg: logo, background: 'none' },
  { name: 'maskable-512', size: 512, svg: full.replace(/<rect[^>]+>/, ''), background },
  { name: 'apple-touch-icon', size: 180, svg: full.replace(/<rect[^>]+>/, ''), background },
];

const browser = await launch();
const page = await browser.newPage();
for (const { name, size, svg, background: behind } of icons) {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(
    `<style>body { margin: 0; background: ${behind} } svg { display: block; width: 100vw }</style>${svg}`,
  );
  await page.screenshot({ path: join(folder, `icons/${name}.png`), omitBackground: true });
}
await browser.close();
