import { broadcast } from '#shared/delivery/broadcast.ts';
import { listLiveConnections } from '#shared/delivery/to-chat.ts';

/** Between two frames, milliseconds. Each frame is a paid post to every connection. */
const minIntervalMs = 200;

/** Shows an answer while it is being written, to the connections that asked for live frames. */
export async function liveAnswer(
  chatId: string,
  messageId: string,
): Promise<{ add: (text: string) => void; end: () => Promise<void> }> {
  const connections = await listLiveConnections(chatId);
  let unsent = '';
  let last = 0;
  let posting: Promise<void> | undefined;
  const post = () => {
    const delta = unsent;
    unsent = '';
    last = Date.now();
    posting = broadcast(connections, { type: 'ai.delta', chatId, messageId, delta }).finally(() => {
      posting = undefined;
    });
  };
  return {
    add: (text) => {
      unsent += text;
      // Text that arrives meanwhile is sent with the next frame, or at the end with the message itself.
      if (connections.length > 0 && !posting && Date.now() - last >= minIntervalMs) post();
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
