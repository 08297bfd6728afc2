import { randomInt } from 'node:crypto';
import type { Group } from './contract/chats.ts';
import type { ChatWithParticipants } from './data/chats.ts';

/** Without the look-alikes I, O, 0 and 1: the codes are read out and typed by hand. */
const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** 8 of 32 symbols: 40 bits. */
export const newInviteCode = (): string =>
  Array.from({ length: 8 }, () => alphabet[randomInt(alphabet.length)]).join('');

export function toGroup({ id, name, participantIds, inviteCode, createdAt }: ChatWithParticipants): Group {
  return { id, name, type: 'group', participantIds, inviteCode: inviteCode ?? '', createdAt };
}
