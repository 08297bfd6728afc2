import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import type { Json } from '../../support/api-client.ts';

/** The longest wait before it connects again, milliseconds. */
const maxWaitMs = 200;

interface Owner {
  onFrame(frame: Json): void;
  /** Resolves when everything that was missed is there. */
  catchUp(): Promise<void>;
}

/** A connection to this backend on a bad network. */
export class Connection {
  private readonly address: string;
  private readonly owner: Owner;
  private socket: WebSocket | undefined;

  constructor(address: string, owner: Owner) {
    this.address = address;
    this.owner = owner;
  }

  /** Resolves with the milliseconds until it was open and had caught up. Tries until it has. */
  async connect(): Promise<number> {
    const startedAt = performance.now();
    while (!(await this.tryToConnect())) await sleep(Math.random() * maxWaitMs);
    return performance.now() - startedAt;
  }

  drop(): void {
    this.socket?.terminate();
    this.socket = undefined;
  }

  /** Does nothing while there is no connection. */
  send(frame: object): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(frame));
  }

  private async tryToConnect(): Promise<boolean> {
    const socket = new WebSocket(this.address);
    socket.on('message', (data) => this.owner.onFrame(JSON.parse(String(data))));
    const ended = new Promise<false>((resolve) => socket.on('close', () => resolve(false)).on('error', () => {}));
    const opened = once(socket, 'open').then(() => true);
    if (!(await Promise.race([opened.catch(() => false), ended]))) return false;
    this.socket = socket;
    const caughtUp = this.owner.catchUp().then(() => true);
    const isLive = await Promise.race([caughtUp.catch(() => false), ended]);
    if (!isLive) socket.terminate();
    return isLive;
  }
}
