import { type Timer, times } from './times.ts';

interface Events {
  onOpen(): void;
  onData(data: string): void;
  /** It was closed, or is silent for too long: nothing more comes. */
  onDead(): void;
}

/** One WebSocket, with an eye on whether it is still alive. After `close` nothing is heard from it any more. */
export class ChatSocket {
  private readonly socket: WebSocket;
  private readonly events: Events;
  private readonly pings = setInterval(() => this.ping(), times.ping);
  private answerTimer: Timer;
  private closed = false;

  constructor(url: string, events: Events) {
    this.events = events;
    this.socket = new WebSocket(url);
    this.socket.onopen = () => this.closed || events.onOpen();
    this.socket.onmessage = ({ data }) => this.closed || events.onData(String(data));
    this.socket.onclose = () => this.die();
    this.expectAnswer();
  }

  /** Sends a frame, each of which is answered soon. */
  ask(frame: object): void {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(frame));
    this.expectAnswer();
  }

  ping(): void {
    this.ask({ type: 'ping' });
  }

  /** Without any answer until then the connection is dead, whatever it says of itself. */
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
    this.events.onDead();
  }
}
