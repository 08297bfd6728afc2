import type { RoomClient } from './clients.ts';
import { Connection } from './connection.ts';
import { RoomReader } from './room-reader.ts';

/** A client of this backend with a socket of one chat. */
export class ChatClient implements RoomClient {
  private readonly room: RoomReader;
  private readonly connection: Connection;

  constructor(url: string, chatId: string, token: string) {
    this.room = new RoomReader((frame) => this.connection.send(frame));
    this.connection = new Connection(`${url.replace('http', 'ws')}/ws/chat/${chatId}?token=${token}&events=1`, {
      onFrame: (frame) => this.room.take(frame),
      catchUp: () => this.room.sync(),
    });
  }

  async connect(): Promise<void> {
    await this.reconnect();
  }

  drop(): void {
    this.connection.drop();
  }

  async reconnect(): Promise<number> {
    const ms = await this.connection.connect();
    this.room.sendUnacknowledged();
    return ms;
  }

  send(content: string): Promise<void> {
    return this.room.send(content);
  }

  received(): string[] {
    return this.room.received;
  }

  close(): void {
    this.room.stop();
    this.connection.drop();
  }
}
