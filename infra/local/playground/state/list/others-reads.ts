import type { Frame } from '../../client/realtime/frames.ts';

/** An open chat, and the number up to which each participant has read it. */
interface ReadChat {
  chat: { id: string };
  realtime: { reads: ReadonlyMap<string, number> };
}

/** How far others have read a chat, as far as this page knows. */
export class OthersReads {
  private readonly userId: string;
  private readonly onChange: () => void;
  /** The highest number that anybody else has read, by chat. */
  private readonly upTo = new Map<string, number>();

  constructor(userId: string, onChange: () => void) {
    this.userId = userId;
    this.onChange = onChange;
  }

  receive(frame: Frame): void {
    if (frame.type === 'read' && frame.userId !== this.userId) {
      this.learn(frame.chatId, frame.seq);
      this.onChange();
    }
    // A message that is sent now is read by nobody yet. Of older ones this would be a guess.
    else if (frame.type === 'message' && frame.message.userId === this.userId) this.learn(frame.chatId, 0);
  }

  /** An open chat has loaded the read marks. Call this only while it has a connection: later they are out of date. */
  follow({ chat, realtime }: ReadChat): void {
    for (const [userId, seq] of realtime.reads) if (userId !== this.userId) this.learn(chat.id, seq);
  }

  /** Frames are missed from here on. */
  forget(): void {
    this.upTo.clear();
  }

  /** Whether somebody else has read up to this number; undefined if it is not known. */
  hasRead(chatId: string, seq: number): boolean | undefined {
    const upTo = this.upTo.get(chatId);
    return upTo === undefined ? undefined : upTo >= seq;
  }

  private learn(chatId: string, seq: number): void {
    this.upTo.set(chatId, Math.max(seq, this.upTo.get(chatId) ?? 0));
  }
}
