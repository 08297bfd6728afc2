import type { Endpoint } from '#shared/contract/endpoint.ts';
import { addMembers } from '#shared/contract/groups/add-members.ts';
import { joinGroup } from '#shared/contract/groups/join-group.ts';
import { removeMember } from '#shared/contract/groups/remove-member.ts';
import { blockUser } from '#shared/contract/users/block-user.ts';
import { unblockUser } from '#shared/contract/users/unblock-user.ts';
import type { Json } from '../api-client.ts';
import type { RestInput } from '../invoke.ts';
import type { Person } from './changes.ts';
import { guest, type Moving } from './history.ts';
import type { Place } from './population.ts';

interface World {
  place: Place;
  hit(event: string): void;
  /** Undefined for an answer that is lost. */
  request(endpoint: Endpoint, input: RestInput): Promise<{ status: number; body: Json } | undefined>;
}

const goneBy = { leave: 'left', remove: 'removed' } as const;

/**
 * The guest of a group leaves or is removed, and comes back; or one of the two in a direct chat blocks the other, and unblocks
 * them. While the guest is known to be away, or the two are blocked, what is written then must not be heard.
 */
export class Movements {
  /** Frames with a text that was first sent while the one who heard it was away, and answers while they were. */
  heard = 0;
  private readonly world: World;
  private isAway = false;
  /** How many requests to come back are under way, and how many have begun so far. */
  private returning = 0;
  private returns = 0;
  private readonly writtenMeanwhile = new Set<string>();

  constructor(world: World) {
    this.world = world;
  }

  async move(how: Moving): Promise<void> {
    if (how === 'leave' || how === 'remove') return this.goAway(how);
    this.isAway = false;
    this.writtenMeanwhile.clear();
    this.returns++;
    this.returning++;
    await this.request(how).catch(() => {});
    this.returning--;
  }

  /** Brings the guest back, or ends the block, for the end of the history. */
  async end(): Promise<void> {
    await this.move('add');
    const { status, body } = (await this.request('add')) ?? {};
    if (status !== 200) throw new Error(`The guest could not come back: ${status} ${body?.code}`);
  }

  /** Somebody begins to send this text. */
  written(text: string): void {
    if (this.isAway) this.writtenMeanwhile.add(text);
  }

  /** A frame that somebody received. */
  hear(who: number, { content }: { content?: string }): void {
    if (content && this.concerns(who) && this.writtenMeanwhile.has(content)) this.heard++;
  }

  /** Says whether a request of this person, which begins now, has to be refused when it ends. */
  readonly expectRefusal = (who: number): (() => boolean) => {
    const { returns, isAway } = this;
    return () => isAway && this.isAway && returns === this.returns && this.concerns(who) && !this.isDirect;
  };

  private async goAway(how: 'leave' | 'remove'): Promise<void> {
    const { returns, returning } = this;
    const answer = await this.request(how).catch(() => undefined);
    // A request to come back at the same moment may have been the last one.
    if (answer?.status !== 200 || returning > 0 || returns !== this.returns) return;
    this.isAway = true;
    this.world.hit(`people: ${this.isDirect ? 'blocked' : goneBy[how]}`);
  }

  private get isDirect(): boolean {
    return this.world.place.inviteCode === undefined;
  }

  /** Nobody writes in a direct chat with a block. */
  private concerns(who: number): boolean {
    return this.isDirect || who === guest;
  }

  private request(how: Moving) {
    const { place } = this.world;
    const [owner, other] = place.people as [Person, Person];
    const moved = place.people[guest] as Person;
    const isAway = how === 'leave' || how === 'remove';
    if (this.isDirect) {
      const input = { token: owner.token, params: { userId: other.id } };
      return this.world.request(isAway ? blockUser : unblockUser, input);
    }
    const params = { groupId: place.chatId, userId: moved.id };
    if (isAway) return this.world.request(removeMember, { token: (how === 'leave' ? moved : owner).token, params });
    if (how === 'join')
      return this.world.request(joinGroup, { token: moved.token, body: { inviteCode: place.inviteCode } });
    return this.world.request(addMembers, { token: owner.token, params, body: { userIds: [moved.id] } });
  }
}
