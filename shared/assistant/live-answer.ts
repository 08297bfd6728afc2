import { broadcast, senderTimeoutMs } from '#shared/delivery/broadcast.ts';
import { listLiveConnections } from '#shared/delivery/live.ts';
import { freshMs, staying } from '#shared/delivery/receivers.ts';
import { log } from '#shared/platform/log.ts';

/** Between two frames, milliseconds. Each frame is a paid post to every connection. */
const minIntervalMs = 200;

/** Shows an answer while it is being written, to the connections that asked for live frames. */
export async function liveAnswer(
  chatId: string,
  messageId: string,
): Promise<{ add: (text: string) => void; end: () => Promise<void> }> {
  let listedAt = Date.now();
  let connections = await listLiveConnections(chatId);
  let unsent = '';
  let last = 0;
  let posting: Promise<void> | undefined;
  const post = async (delta: string) => {
    if (Date.now() - listedAt > freshMs) {
      listedAt = Date.now();
      connections = await staying(chatId, connections);
    }
    const timeoutMs = listedAt + senderTimeoutMs - Date.now();
    await broadcast(connections, { type: 'ai.delta', chatId, messageId, delta }, { timeoutMs });
  };
  const begin = () => {
    const delta = unsent;
    unsent = '';
    last = Date.now();
    posting = post(delta)
      .catch((error) => log.warn('part of an answer not delivered', { chatId, error }))
      .finally(() => {
        posting = undefined;
      });
  };
  return {
    add: (text) => {
      unsent += text;
      // Text that arrives meanwhile is sent with the next frame, or at the end with the message itself.
      if (connections.length > 0 && !posting && Date.now() - last >= minIntervalMs) begin();
    },
    end: async () => posting,
  };
}

/** Passes text on in whole words, because half a link does not look like one. The last word comes with the message. */
export function byWords(onWords: (words: string) => void): (piece: string) => void {
  let unfinished = '';
  return (piece) => {
    const end = Math.max(piece.lastIndexOf(' '), piece.lastIndexOf('\n')) + 1;
    if (end > 0) onWords(unfinished + piece.slice(0, end));
    unfinished = end > 0 ? piece.slice(end) : unfinished + piece;
  };
}
