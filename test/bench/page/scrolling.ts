import type { Page } from 'playwright-core';

interface Scrolling {
  frames: number;
  seconds: number;
  /** Frames that took more than 50 ms, and the longest one in milliseconds. */
  slow: number;
  longest: number;
  longTasks: number;
  /** Milliseconds. */
  longestTask: number;
  /** Frames in which there was nothing to scroll to: older messages were on their way. */
  waited: number;
  maxRows: number;
  maxNodes: number;
}

/** Scrolls a chat up to its first message by 100 pixels a frame, which is a fast flick of a finger. */
export const scrollThrough = (page: Page): Promise<Scrolling> =>
  page.evaluate(`new Promise((resolve) => {
    const list = document.querySelector('.messages');
    const result = { frames: 0, slow: 0, longest: 0, longTasks: 0, longestTask: 0, waited: 0, maxRows: 0, maxNodes: 0 };
    new PerformanceObserver((tasks) => {
      for (const { duration } of tasks.getEntries()) {
        result.longTasks++;
        result.longestTask = Math.max(result.longestTask, duration);
      }
    }).observe({ type: 'longtask' });
    const startedAt = performance.now();
    let last = startedAt;
    const next = (now) => {
      result.frames++;
      result.slow += now - last > 50;
      result.longest = Math.max(result.longest, now - last);
      last = now;
      const rows = list.querySelectorAll('[data-seq]');
      result.maxRows = Math.max(result.maxRows, rows.length);
      result.maxNodes = Math.max(result.maxNodes, document.querySelectorAll('*').length);
      if (rows[0].dataset.seq === '1' && list.scrollTop === 0) return resolve({ ...result, seconds: (now - startedAt) / 1000 });
      result.waited += list.scrollTop === 0;
      list.scrollTop -= 100;
      requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  })`);
