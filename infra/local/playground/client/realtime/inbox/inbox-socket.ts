import { type Timer, times } from '../times.ts';

interface SocketListener {
  onOpen(): void;
  onData(data: string): void;
  /** The socket closed or has been silent for too long. Nothing is called after this. */
  onDead(how: SocketEnd): void;
}

/** How a socket ended. */
export interface SocketEnd {
  /** Whether it ended with a closing handshake, so the connection was not lost. */
  isClean: boolean;
  /** For how many milliseconds it was open. */
  openMs: number;
}

/** A WebSocket that notices when its connection is dead. After `close` it calls its listener no more. */
export class InboxSocket {
  private readonly socket: WebSocket;
  private readonly listener: SocketListener;
  private readonly pings = setInterval(() => this.ping(), times.ping);
  private answerTimer: Timer;
  private openedAt: number | undefined;
  private closed = false;

  constructor(url: string, listener: SocketListener) {
    this.listener = listener;
    this.socket = new WebSocket(url);
    this.socket.onopen = () => this.open();
    this.socket.onmessage = ({ data }) => this.receive(String(data));
    this.socket.onclose = ({ wasClean }) => this.die(wasClean);
    this.expectAnswer();
  }

  /** Sends a frame that the server answers soon. Returns false if the socket is not open. */
  ask(frame: object): boolean {
    const isOpen = this.tell(frame);
    this.expectAnswer();
    return isOpen;
  }

  /** Sends a frame that has no answer. Returns false if the socket is not open. */
  tell(frame: object): boolean {
    const isOpen = this.socket.readyState === WebSocket.OPEN;
    if (isOpen) this.socket.send(JSON.stringify(frame));
    return isOpen;
  }

  ping(): void {
    this.ask({ type: 'ping' });
  }

  close(): void {
    this.closed = true;
    this.answered();
    clearInterval(this.pings);
    this.socket.close();
  }

  private open(): void {
    if (this.closed) return;
    this.answered();
    this.openedAt = Date.now();
    this.listener.onOpen();
  }

  /** Whatever the server says shows that the connection is alive. */
  private receive(data: string): void {
    if (this.closed) return;
    this.answered();
    this.listener.onData(data);
  }

  /** Without an answer in time the connection is dead, even if the browser still calls it open. */
  private expectAnswer(): void {
    this.answerTimer ??= setTimeout(() => this.die(false), times.answer);
  }

  private answered(): void {
    clearTimeout(this.answerTimer);
    this.answerTimer = undefined;
  }

  private die(isClean: boolean): void {
    if (this.closed) return;
    this.close();
    this.listener.onDead({ isClean, openMs: this.openedAt === undefined ? 0 : Date.now() - this.openedAt });
  }
}
