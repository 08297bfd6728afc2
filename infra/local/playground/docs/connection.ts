/** A frame that went over the socket, or what happened to the socket itself. */
export interface Entry {
  id: number;
  at: Date;
  kind: 'sent' | 'received' | 'state';
  text: string;
}

/** The page shows this many entries; an open socket would fill its memory otherwise. */
const maxEntries = 500;

/** One socket at a time and what went over it. */
export class Connection {
  entries: readonly Entry[] = [];
  private socket: WebSocket | undefined;
  private count = 0;
  private readonly onChange: () => void;

  constructor(onChange: () => void) {
    this.onChange = onChange;
  }

  get state(): 'closed' | 'connecting' | 'open' {
    if (!this.socket) return 'closed';
    return this.socket.readyState === WebSocket.OPEN ? 'open' : 'connecting';
  }

  /** `shown` is what the log says of the URL: without the ticket. */
  open(url: string, shown: string): void {
    this.close();
    const socket = new WebSocket(url);
    this.socket = socket;
    this.add('state', `Connecting to ${shown}`);
    socket.onopen = () => this.add('state', 'Connected');
    socket.onmessage = ({ data }) => this.add('received', String(data));
    socket.onclose = ({ code, reason }) => {
      if (this.socket === socket) this.socket = undefined;
      this.add('state', `Closed with code ${code}${reason && `: ${reason}`}`);
    };
  }

  close(): void {
    this.socket?.close();
  }

  send(text: string): void {
    this.socket?.send(text);
    this.add('sent', text);
  }

  clear(): void {
    this.entries = [];
    this.onChange();
  }

  private add(kind: Entry['kind'], text: string): void {
    this.count++;
    this.entries = [...this.entries, { id: this.count, at: new Date(), kind, text }].slice(-maxEntries);
    this.onChange();
  }
}
