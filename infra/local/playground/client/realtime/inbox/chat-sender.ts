import type { Message } from '#shared/contract/chats/message.ts';
import { Uploads } from '../../files/uploads.ts';
import type { Frame } from '../frames.ts';
import type { Outbox } from '../outbox.ts';
import { Sender } from '../sender.ts';
import type { Inbox } from './inbox.ts';

interface SenderKey {
  inbox: Inbox;
  chatId: string;
  userId: string;
  outbox: Outbox;
}

/** Sends what the user wrote in a chat over the inbox, whether the chat is open or not. */
export class ChatSender {
  readonly outbox: Outbox;
  readonly sender: Sender;
  private readonly uploads: Uploads;
  private readonly stopListening: () => void;

  /** `onChange` is called after each change of the outbox. */
  constructor({ inbox, chatId, userId, outbox }: SenderKey, onChange: () => void) {
    this.outbox = outbox;
    const follow = () => {
      this.uploads.follow();
      onChange();
    };
    this.sender = new Sender(outbox, { post: (frame) => inbox.ask({ ...frame, chatId }), onChange: follow });
    this.uploads = new Uploads({
      api: inbox.api,
      outbox,
      onUploaded: (clientId) => this.sender.uploaded(clientId),
      onRefused: (clientId, refusal) => this.sender.uploadRefused(clientId, refusal),
      onChange,
    });
    const receive = (frame: Frame) => {
      if (frame.type === 'unhandled') this.sender.unhandled();
      else if (frame.chatId !== chatId) return;
      else if (frame.type === 'error' && frame.clientId !== undefined)
        this.sender.refused(frame.clientId, frame.refusal);
      else if (frame.type === 'message' && frame.message.userId === userId) this.stored(frame.message, onChange);
    };
    this.stopListening = inbox.listen({
      onFrame: receive,
      onState: () => (inbox.isLive ? this.resume() : this.sender.disconnected()),
    });
  }

  start(): void {
    this.sender.transmit();
  }

  private resume(): void {
    this.uploads.wake();
    this.sender.transmit();
  }

  private stored({ clientId }: Message, onChange: () => void): void {
    if (clientId === undefined || !this.outbox.has(clientId)) return;
    this.sender.remove([clientId]);
    onChange();
  }

  stop(): void {
    this.stopListening();
    this.sender.stop();
    this.uploads.stop();
  }
}
