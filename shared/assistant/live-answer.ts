import { deliver } from '#shared/delivery/broadcast.ts';
import { listWatching } from '#shared/delivery/to-chat.ts';

/** Each frame is a post to every watching connection, and costs money: no more than five a second. Milliseconds. */
const pause = 200;

/** Shows an answer while it is being written, to the connections that asked for events. */
export async function liveAnswer(
  chatId: string,
  messageId: string,
): Promise<{ add: (text: string) => void; end: () => Promise<void> }> {
  const watching = await listWatching(chatId);
  let unsent = '';
  let last = 0;
  let posting: Promise<void> | undefined;
  const post = () => {
    const delta = unsent;
    unsent = '';
    last = Date.now();
    posting = deliver(watching, { type: 'ai.delta', chatId, messageId, delta }).finally(() => {
      posting = undefined;
    });
  };
  return {
    add: (text) => {
      unsent += text;
      // Text that comes meanwhile goes out with the next frame, or at the end with the message itself.
      if (watching.length > 0 && !posting && Date.now() - last >= pause) post();
    },
    end: async () => posting,
  };
}
