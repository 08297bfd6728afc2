/**
 * Waits until all of this has ended, and then throws the first error among them. Lambda freezes what is still under way when a
 * handler returns.
 */
export async function runToEnd(work: unknown[]): Promise<void> {
  const results = await Promise.allSettled(work);
  for (const result of results) if (result.status === 'rejected') throw result.reason;
}
