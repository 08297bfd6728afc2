import type { CDPSession } from 'playwright-core';

interface Size {
  /** Bytes. */
  heap: number;
  nodes: number;
  listeners: number;
}

/** What a page holds after everything that can be freed is free. */
export async function sizeOf(session: CDPSession): Promise<Size> {
  await session.send('HeapProfiler.collectGarbage');
  const { nodes, jsEventListeners: listeners } = await session.send('Memory.getDOMCounters');
  const { usedSize: heap } = await session.send('Runtime.getHeapUsage');
  return { heap, nodes, listeners };
}
