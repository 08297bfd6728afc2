/** What the scenario asks of its clients. The transport is theirs. */

/** A user's device that is in several rooms. */
export interface JitterClient {
  connect(): Promise<void>;
  /** A hard cut: neither side says goodbye. */
  drop(): void;
  /** Resolves with the milliseconds from its start until the client has everything that it missed. Tries until it has. */
  reconnect(): Promise<number>;
  /** Resolves when the server has acknowledged the message. */
  send(room: number, content: string): Promise<void>;
  /** What the user sees of the room by now, in the order in which the user sees it. */
  received(room: number): string[];
  close(): void;
}

/** A connection that serves one room. */
export interface RoomClient extends Omit<JitterClient, 'send' | 'received'> {
  send(content: string): Promise<void>;
  received(): string[];
}

/** A device with a connection for each of its rooms, which are cut together. */
export class ClientPerRoom implements JitterClient {
  private readonly clients: Map<number, RoomClient>;

  constructor(rooms: number[], makeClient: (room: number) => RoomClient) {
    this.clients = new Map(rooms.map((room) => [room, makeClient(room)]));
  }

  async connect(): Promise<void> {
    await Promise.all(this.all.map((client) => client.connect()));
  }

  drop(): void {
    for (const client of this.all) client.drop();
  }

  async reconnect(): Promise<number> {
    return Math.max(...(await Promise.all(this.all.map((client) => client.reconnect()))));
  }

  send(room: number, content: string): Promise<void> {
    return this.in(room).send(content);
  }

  received(room: number): string[] {
    return this.in(room).received();
  }

  close(): void {
    for (const client of this.all) client.close();
  }

  private get all(): RoomClient[] {
    return [...this.clients.values()];
  }

  private in(room: number): RoomClient {
    const client = this.clients.get(room);
    if (!client) throw new Error(`The client is not in room ${room}`);
    return client;
  }
}
