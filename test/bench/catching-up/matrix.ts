import { bytesOf, type CaughtUp, type ChatEvent, type Held, withReaction } from './events.ts';

/**
 * The Matrix way: a reaction is an event like a message, in one timeline. `/sync` returns the newest events; if there were
 * more, the timeline is `limited`, and the client reads the gap backwards with `/rooms/{roomId}/messages`.
 * Sources: Client-Server API, `/sync` (`limited`, `prev_batch`), `/messages` and `m.annotation`; what is lost when the gap
 * is not read: element-hq/element-web#10330 and #9743, element-hq/element-android#4280.
 *
 * The model is generous: an event is as short as ours, without signatures and `unsigned`; a page of the gap has 100 events,
 * where clients usually ask for 20 to 30; and no event needs to be fetched because its original is unknown.
 */
const syncLimit = 20;
const gapPage = 100;

export function catchUpByTimeline(before: Held, missed: ChatEvent[], readsGap: boolean): CaughtUp {
  const newest = missed.slice(-syncLimit);
  const limited = missed.length > newest.length;
  const answers: object[] = [{ timeline: { events: newest, limited, prev_batch: 't1' }, next_batch: 's1' }];
  const received = [...newest];
  while (readsGap && received.length < missed.length) {
    const chunk = missed.slice(0, missed.length - received.length).slice(-gapPage);
    answers.push({ chunk, start: 't1', end: 't2' });
    received.unshift(...chunk);
  }
  const bytes = answers.reduce((sum, answer) => sum + bytesOf(answer), 0);
  return { requests: answers.length, bytes, held: apply(before, received) };
}

/** A reaction to a message that the client does not have is lost, unless the message comes before it. */
function apply(before: Held, events: ChatEvent[]): Held {
  const held = new Map(before);
  for (const event of events) {
    if (event.type === 'message') held.set(event.message.id, event.message);
    else {
      const message = held.get(event.messageId);
      if (message) held.set(message.id, withReaction(message, event));
    }
  }
  return held;
}
