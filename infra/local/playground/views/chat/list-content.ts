import type { OpenChat } from '../../state/open-chat.ts';
import type { Jump } from '../../state/timeline.ts';

/** What decides where the list scrolls when it changes. */
interface Content {
  /** The number of the first message. */
  firstSeq: number | undefined;
  /** How many rounds of catching up have begun. */
  rounds: number;
  /** How many messages and questions the user has sent here. */
  sent: number;
  /** Whether the newest messages are out of the list. */
  isPast: boolean;
  jumped: Jump | undefined;
}

export const nothing: Content = { firstSeq: undefined, rounds: 0, sent: 0, isPast: false, jumped: undefined };

export function contentOf({ realtime, sent, timeline }: OpenChat): Content {
  const { jumped, isPast, messages } = timeline;
  return { firstSeq: messages[0]?.seq, rounds: realtime.rounds, sent, isPast, jumped };
}
