/** Members that an ordinary group has; reading more is counted. */
const maxSmallPage = 50;

/**
 * The page of a chat's participants (sorted ids) after the cursor, and the cursor of the next page if there is one. Calls
 * `countLarge` if the page has more than fifty: each member costs two reads.
 */
export async function pageOf(
  participantIds: string[],
  { limit, cursor = '' }: { limit: number; cursor?: string | undefined },
  countLarge: () => Promise<void>,
): Promise<{ ids: string[]; cursor?: string }> {
  const after = participantIds.filter((id) => id > cursor);
  const ids = after.slice(0, limit);
  if (ids.length > maxSmallPage) await countLarge();
  const last = ids.at(-1);
  return { ids, ...(last !== undefined && after.length > ids.length && { cursor: last }) };
}
