import type { Chat } from '#shared/contract/chats/chat.ts';
import type { ChatRealtime } from '../../client/realtime/realtime.ts';
import { type Timer, times } from '../../client/realtime/times.ts';
import type { Api } from '../../client/rest/api.ts';
import type { Members } from '../members.ts';
import type { Pins } from '../pins.ts';
import { Presence } from './presence.ts';

/** An open chat. */
interface DetailedChat {
  readonly chat: Chat;
  readonly userId: string;
  readonly realtime: ChatRealtime;
  readonly members: Members;
  readonly pins: Pins;
  readonly onChange: () => void;
}

/** What the messages of an open chat do not contain: names, roles, read marks, pinned messages and presence. */
export class Details {
  readonly presence: Presence;
  private readonly api: Api;
  private readonly open: DetailedChat;
  private markedUnread: boolean;
  /** The round in which the names and pins were loaded. Until the next one they follow the frames. */
  private round: number | undefined;
  private timer: Timer;
  private stopped = false;

  constructor(api: Api, open: DetailedChat) {
    this.api = api;
    this.open = open;
    this.markedUnread = open.chat.markedUnread === true;
    this.presence = new Presence({
      load: async () => (await api.chats.listPresence(open.chat.id)).users,
      isVisible: () => !document.hidden,
      onChange: open.onChange,
      onRefused: (code) => open.realtime.end(code),
    });
  }

  /** Call this with each change of the connection. */
  follow(): void {
    this.pause();
    if (this.stopped || this.open.realtime.state.name !== 'live') return;
    void this.load();
    void this.presence.start();
  }

  stop(): void {
    this.stopped = true;
    this.pause();
  }

  private pause(): void {
    clearTimeout(this.timer);
    this.presence.stop();
  }

  /** Again and again until it succeeds: without the details, names and read marks would be missing. */
  private async load(): Promise<void> {
    clearTimeout(this.timer);
    try {
      await this.loadAll();
      this.open.onChange();
    } catch {
      if (!this.stopped) this.timer = setTimeout(() => void this.load(), times.repeat.max);
    }
  }

  private async loadAll(): Promise<void> {
    const { chat, realtime, members, pins } = this.open;
    const { reads } = await this.api.listReads(chat.id);
    for (const { userId, seq } of reads) realtime.read(userId, seq);
    await this.endUnreadMark();
    const { rounds } = realtime;
    if (this.round === rounds) return;
    await members.load(chat);
    await pins.load();
    this.round = rounds;
  }

  /** The user's own mark of the chat as unread ends with any read mark, also with one that moves nothing. */
  private async endUnreadMark(): Promise<void> {
    const { chat, realtime, userId } = this.open;
    if (this.markedUnread) await this.api.markRead(chat.id, realtime.reads.get(userId) ?? 0);
    this.markedUnread = false;
  }
}
