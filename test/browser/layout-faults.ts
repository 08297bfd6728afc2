import type { Page } from 'playwright-core';
import { axeFindings } from './chromium.ts';

/** Controls and words that must fit. */
const words = 'button, a, label, legend, summary, h1, h2, h3, [role="tab"], [role="menuitem"], option';

/** What is wrong with a page as it is on the screen: for people who see it, and for those who don't. */
export async function findFaults(page: Page): Promise<string[]> {
  return [...((await page.evaluate(layoutFaults)) as string[]), ...(await axeFindings(page))];
}

/** Runs in the page. */
const layoutFaults = `(() => {
  const faults = [];
  const { clientWidth: width, scrollWidth, clientHeight: height } = document.documentElement;
  if (scrollWidth > width) faults.push('scrolls sideways: ' + scrollWidth);
  const nameOf = (element) => element.outerHTML.slice(0, 120);
  const upwards = (element) => element ? [element, ...upwards(element.parentElement)] : [];
  const isEllipsis = (element) => getComputedStyle(element).textOverflow === 'ellipsis';
  const scrollsBy = (element) => ['auto', 'scroll'].includes(getComputedStyle(element).overflowX);
  for (const element of document.querySelectorAll(${JSON.stringify(words)})) {
    if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || element.closest('.unseen')) continue;
    const parents = upwards(element);
    const inside = [element, ...element.querySelectorAll('*')];
    if (element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0 && !inside.some(isEllipsis))
      faults.push('is cut: ' + nameOf(element));
    const { left, right } = element.getBoundingClientRect();
    if ((left < -1 || right > width + 1) && right > left && !parents.some(scrollsBy)) faults.push('is off the screen: ' + nameOf(element));
  }
  // What scrolls up and down, such as a sheet, scrolls sideways too if something in it is too wide.
  for (const element of document.querySelectorAll('*'))
    if (scrollsBy(element) && element.scrollWidth > element.clientWidth + 1) faults.push('scrolls sideways: ' + nameOf(element));
  const spoken = [...document.querySelectorAll('[aria-label], [title], [placeholder], [alt]')].flatMap((element) =>
    ['aria-label', 'title', 'placeholder', 'alt'].map((name) => element.getAttribute(name) ?? ''));
  for (const text of [document.title, document.body.innerText, ...spoken])
    for (const [missing] of text.matchAll(/\\bundefined\\b|\\bNaN\\b|\\[object \\w+\\]|\\bInvalid Date\\b/g)) faults.push('says ' + missing);
  const box = document.querySelector('.composer textarea');
  if (box?.checkVisibility() && box.getBoundingClientRect().bottom > height) faults.push('the message box is below the screen');
  if (matchMedia('(prefers-reduced-motion: reduce)').matches)
    for (const { effect } of document.getAnimations())
      if (effect.getComputedTiming().activeDuration > 10) faults.push('moves: ' + nameOf(effect.target));
  return faults;
})()`;
