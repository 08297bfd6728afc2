import type { Message } from '#shared/contract/chats/message.ts';
import { newer } from '../../client/realtime/states.ts';
import type { OpenChat } from '../open-chat.ts';

/** The hits as they are now: they may have been edited or deleted since they were found. */
export function currentHits(hits: readonly Message[], open: OpenChat): Message[] {
  return hits
    .map((hit) => {
      const known = open.realtime.reader.get(hit.id);
      return known ? newer(hit, known) : hit;
    })
    .filter((hit) => !open.isDeleted(hit));
}
