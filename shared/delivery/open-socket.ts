import type { Session } from '#shared/data/accounts/sessions.ts';
import { addConnection, addInbox, removeOldestInbox } from '#shared/data/connections/connections.ts';
import { removeDead } from '#shared/data/connections/sockets.ts';
import { close } from './close.ts';

/** Other connects may take the place that was made: then another one is made. */
const maxAttempts = 3;

/** Opens an inbox. A user who has as many as there may be loses the oldest one. `full`: other connects took its place. */
export async function openInbox(connectionId: string, session: Session): Promise<'session ended' | 'full' | undefined> {
  for (let attempt = 1; ; attempt++) {
    const refusal = await addInbox(connectionId, session);
    if (refusal !== 'full' || attempt === maxAttempts) return refusal;
    const oldest = await removeOldestInbox(session.userId);
    if (oldest) await close([oldest]);
  }
}

/** Opens a socket in a chat. `full`: the user has as many as there may be, of which all may be open. */
export async function openInChat(...[socket, session, shards]: Parameters<typeof addConnection>) {
  const add = () => addConnection(socket, session, shards);
  const refusal = await add();
  return refusal === 'full' && (await removeDead(session.userId)) > 0 ? add() : refusal;
}
