import { settings } from '#shared/platform/settings.ts';
import { keys, sameKey } from '../keys.ts';
import { getItems } from '../table.ts';

const table = settings.chatTable();

/** What decides whether one participant of a chat may see another's presence. */
export interface Visibility {
  userId: string;
  hidesLastSeen: boolean;
  /** Whether the user has blocked the viewer. */
  hasBlocked: boolean;
  /** Only known in a direct chat: whether the user has written there. */
  hasWritten: boolean;
}

/** Those of the ids that are users. `directId` is the chat, if it is a direct one. */
export async function getVisibility(
  viewerId: string,
  ids: string[],
  directId: string | undefined,
): Promise<Visibility[]> {
  const about = (id: string) => [
    keys.user(id),
    keys.block(id, viewerId),
    ...(directId === undefined ? [] : [keys.membership(id, directId)]),
  ];
  const attributes = ['showLastSeen', 'hasWritten'];
  const items = await getItems<{ showLastSeen?: boolean; hasWritten?: boolean }>(table, ids.flatMap(about), attributes);
  return ids.flatMap((userId) => {
    const [user, block, membership] = about(userId).map((key) => items.find((item) => sameKey(item, key)));
    if (!user) return [];
    const hidesLastSeen = user.showLastSeen === false;
    return [{ userId, hidesLastSeen, hasBlocked: block !== undefined, hasWritten: membership?.hasWritten === true }];
  });
}
