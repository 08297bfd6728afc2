import type { Message } from '#shared/contract/chats/message.ts';
import { bytesOf, type CaughtUp, type ChatEvent, type Held } from './events.ts';

/**
 * The `since=` way: each message has the time of its last change, and a client asks for those that changed since the newest
 * time that it has seen. Sources: Mattermost's `GET /channels/{id}/posts?since=`, at most 1,000 posts and no second page
 * (mattermost/mattermost#13846, #34055 and pull request #38498); Stream's `/sync`, which answers 400 above 1,000 events,
 * whereupon the client drops its database and loads the newest page (GetStream/stream-chat-flutter#2945 and #2934).
 *
 * The model is generous: a message is as short as ours, times are never equal or out of order, and nothing was being
 * written while the client asked. `pages` allows the client to go on after the newest time of a full page.
 */
const limit = 1000;

export function catchUpByTime(before: Held, missed: ChatEvent[], truth: Message[], pages: boolean): CaughtUp {
  const updatedAt = new Map(
    missed.map((event) => [event.type === 'message' ? event.message.id : event.messageId, event.at]),
  );
  const changed = truth
    .flatMap((message) => ({ ...message, updatedAt: updatedAt.get(message.id) ?? 0 }))
    .filter((message) => message.updatedAt > 0)
    .sort((a, b) => a.updatedAt - b.updatedAt);
  const held = new Map(before);
  let requests = 0;
  let bytes = 0;
  let since = 0;
  let more = true;
  while (more) {
    const page = changed.filter((message) => message.updatedAt > since).slice(0, limit);
    requests++;
    bytes += bytesOf({ messages: page });
    for (const { updatedAt: at, ...message } of page) {
      held.set(message.id, message);
      since = at;
    }
    more = pages && page.length === limit;
  }
  return { requests, bytes, held };
}
