import { vi } from 'vitest';
import type { Json } from './api-client.ts';

/** The log lines that are written while something runs. */
export async function linesOf(run: () => Promise<unknown>): Promise<Json[]> {
  const stdout = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  try {
    await run();
    return stdout.mock.calls.map(([line]) => JSON.parse(String(line)));
  } finally {
    stdout.mockRestore();
  }
}
