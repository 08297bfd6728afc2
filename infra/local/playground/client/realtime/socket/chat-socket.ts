import { type Timer, times } from '../times.ts';

interface SocketListener {
  onOpen(): void;
  onData(data: string): void;
  /** The socket closed or has been silent for too long. Nothing is called after this. */
  onDead(): void;
}

/** A WebSocket that notices when its connection is dead. After `close` it calls its listener no more. */
export class ChatSocket {
  private readonly socket: WebSocket;
  private readonly listener: SocketListener;
  private readonly pings = setInterval(() => this.ping(), times.ping);
  private answerTimer: Timer;
  private closed = false;

  constructor(url: string, listener: SocketListener) {
    this.listener = listener;
    this.socket = new WebSocket(url);
    this.socket.onopen = () => this.closed || listener.onOpen();
    this.socket.onmessage = ({ data }) => this.closed || listener.onData(String(data));
    this.socket.onclose = () => this.die();
    this.expectAnswer();
  }

  /** Sends a frame that the server answers soon: every frame of this client is. Returns false if the socket is not open. */
  ask(frame: object): boolean {
    const isOpen = this.socket.readyState === WebSocket.OPEN;
    if (isOpen) this.socket.send(JSON.stringify(frame));
    this.expectAnswer();
    return isOpen;
  }

  ping(): void {
    this.ask({ type: 'ping' });
  }

  /** Without an answer in time the connection is dead, even if the browser still calls it open. */
  expectAnswer(): void {
    clearTimeout(this.answerTimer);
    this.answerTimer = setTimeout(() => this.die(), times.answer);
  }

  answered(): void {
    clearTimeout(this.answerTimer);
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.answerTimer);
    clearInterval(this.pings);
    this.socket.close();
  }

  private die(): void {
    if (this.closed) return;
    this.close();
    this.listener.onDead();
  }
}
