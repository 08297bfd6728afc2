import { randomUUID } from 'node:crypto';
import { openSession } from '#shared/accounts/open-session.ts';
import { endSession } from '#shared/contract/auth/end-session.ts';
import { markRead } from '#shared/contract/chats/mark-read.ts';
import { setNotifications } from '#shared/contract/chats/set-notifications.ts';
import type { Endpoint } from '#shared/contract/endpoint.ts';
import { addMembers } from '#shared/contract/groups/add-members.ts';
import { removeMember } from '#shared/contract/groups/remove-member.ts';
import { blockUser } from '#shared/contract/users/block-user.ts';
import { setPush } from '#shared/contract/users/set-push.ts';
import { unblockUser } from '#shared/contract/users/unblock-user.ts';
import { storeDevice } from '#shared/data/accounts/push-devices.ts';
import { endAllSessions, sessionPut } from '#shared/data/accounts/sessions.ts';
import { writeTogether } from '#shared/data/write.ts';
import { call } from '../call.ts';
import { edit, remove, sent } from '../changes.ts';
import type { RestInput } from '../invoke.ts';
import { newDirect, newGroup, newPerson, type Person } from '../people.ts';
import type { Step } from './plan.ts';
import { pair, Worlds } from './world.ts';

/** A login of somebody on a device. */
interface Login {
  userId: string;
  sessionId: string;
  /** The access token of the API. */
  token: string;
}

/** The people of a history, what they do, and what is true because of it. */
export class People {
  readonly worlds: Worlds;
  /** Tokens that an app has replaced. */
  readonly oldTokens = new Set<string>();
  private readonly chatId: string;
  private readonly isDirect: boolean;
  private readonly people: Person[];
  private readonly logins: Login[] = [];
  private texts = 0;

  private constructor(chatId: string, people: Person[], isDirect: boolean) {
    this.chatId = chatId;
    this.people = people;
    this.isDirect = isDirect;
    this.worlds = new Worlds(
      chatId,
      people.map(({ id }) => id),
    );
  }

  static async gather(devices: number[], isDirect: boolean): Promise<People> {
    const some = isDirect ? devices.slice(0, 2) : devices;
    const people = await Promise.all(some.map((_, n) => newPerson(`Person ${n}`)));
    const [first, second, ...others] = people as [Person, Person, ...Person[]];
    const chatId = isDirect ? await newDirect(first, second) : (await newGroup(first, second, ...others)).id;
    const gathered = new People(chatId, people, isDirect);
    await Promise.all(people.map((person, n) => gathered.equip(person, some[n] ?? 1)));
    await gathered.worlds.look();
    return gathered;
  }

  get ids(): string[] {
    return this.people.map(({ id }) => id);
  }

  private async equip(person: Person, devices: number): Promise<void> {
    for (let n = 0; n < devices; n++) {
      const { session, accessToken } = await openSession({ id: person.id, sessionGeneration: 0 });
      await writeTogether([sessionPut(session)]);
      const login = { userId: person.id, sessionId: session.id, token: accessToken };
      this.logins.push(login);
      const token = `token-${randomUUID()}`;
      await storeDevice(person.id, session.id, { token, platform: 'android' });
      this.worlds.holders.set(token, login);
    }
  }

  /** Takes a step. Steps that are not allowed or not possible are refused. */
  async take(step: Step): Promise<void> {
    const who = this.people[step.who % this.people.length] as Person;
    const others = this.people.filter((person) => person !== who);
    await this.act(step, who, others[step.other % others.length] as Person);
    await this.worlds.look();
  }

  private async act(step: Step, who: Person, other: Person): Promise<unknown> {
    const { chatId, worlds } = this;
    const params = { chatId };
    const notify = (level: string) => this.ask(setNotifications, who, { params, body: { level } });
    switch (step.do) {
      case 'send':
      case 'send slowly':
      case 'die while sending':
        return this.send(who, {});
      case 'mention':
        return this.send(who, { mentions: [other.id] });
      case 'edit':
      case 'delete':
        return this.change(step, other);
      case 'read':
        return this.ask(markRead, who, { params, body: { seq: Math.max(0, ...worlds.storedAt.keys()) } });
      case 'mute':
        return notify('none');
      case 'only mentions':
        return notify('mentions');
      case 'unmute':
        return notify('all');
      case 'log out everywhere':
        await endAllSessions(who.id);
        for (const [token, { userId }] of worlds.holders) if (userId === who.id) worlds.holders.delete(token);
        return;
      case 'log out':
      case 'move token':
      case 'replace token':
        return this.changeDevice(step, other);
      case 'block':
        if (await this.ask(blockUser, who, { params: { userId: other.id } })) worlds.blocks.add(pair(who.id, other.id));
        return;
      case 'unblock':
        for (const blocked of this.people)
          if (await this.ask(unblockUser, who, { params: { userId: blocked.id } }))
            worlds.blocks.delete(pair(who.id, blocked.id));
        return;
      default:
        return this.isDirect || this.move(step.do, other);
    }
  }

  private async ask(endpoint: Endpoint, who: Pick<Person, 'token'>, input: RestInput): Promise<boolean> {
    const { status } = await call(endpoint, who, input);
    return status === 200;
  }

  private send(who: Person, more: object): Promise<unknown> {
    return sent(who, this.chatId, `text ${this.texts++}`, more);
  }

  /** Whoever has written a message changes it. */
  private async change(step: Step, other: Person): Promise<void> {
    const texts = [...this.worlds.now.messages.values()].filter(({ type, deletedAt }) => type === 'text' && !deletedAt);
    const message = texts.at(-1 - (step.back % Math.max(1, texts.length)));
    const author = this.people.find(({ id }) => id === message?.userId);
    if (!message || !author) return;
    const { seq, mentions = [] } = message;
    const target = { id: `${this.chatId}-${seq}`, chatId: this.chatId, seq };
    if (step.do === 'delete') return void (await remove(author, target));
    const mentioned = [...new Set([...mentions, other.id])];
    const { status } = await edit(author, target, `text ${this.texts++}`, { mentions: mentioned });
    if (status === 200 && !mentions.includes(other.id)) this.worlds.late.push({ at: Date.now(), userId: other.id });
  }

  private async changeDevice(step: Step, other: Person): Promise<void> {
    const { holders } = this.worlds;
    const all = [...holders];
    const [token, holder] = all[(step.who + step.back) % Math.max(1, all.length)] ?? [];
    const login = this.logins.find(({ sessionId }) => sessionId === holder?.sessionId);
    if (!token || !login) return;
    if (step.do === 'log out') {
      if (await this.ask(endSession, login, { params: { sessionId: login.sessionId } })) holders.delete(token);
      return;
    }
    if (step.do === 'replace token') return this.replaceToken(token);
    const next = this.logins.findLast(({ userId }) => userId === other.id);
    if (next) await this.register(next, token);
  }

  /** The app of a device gets another token. */
  async replaceToken(token: string): Promise<void> {
    const { sessionId } = this.worlds.holders.get(token) ?? {};
    const login = this.logins.find((each) => each.sessionId === sessionId);
    if (login && (await this.register(login, `token-${randomUUID()}`))) this.oldTokens.add(token);
    await this.worlds.look();
  }

  private async register(login: Login, token: string): Promise<boolean> {
    const { holders } = this.worlds;
    if (!(await this.ask(setPush, login, { body: { token, platform: 'android' } }))) return false;
    for (const [each, { sessionId }] of holders) if (sessionId === login.sessionId) holders.delete(each);
    holders.set(token, login);
    return true;
  }

  private async move(how: 'leave' | 'remove' | 'add', other: Person): Promise<unknown> {
    const owner = [...this.worlds.now.members.values()].find(({ role }) => role === 'owner');
    const by = this.people.find(({ id }) => id === owner?.userId);
    if (!by || by === other) return;
    const params = { groupId: this.chatId, userId: other.id };
    if (how === 'add') return this.ask(addMembers, by, { params, body: { userIds: [other.id] } });
    return this.ask(removeMember, how === 'leave' ? other : by, { params });
  }
}
