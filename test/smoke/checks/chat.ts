import { randomUUID } from 'node:crypto';
import type { Backend } from '../client/backend.ts';
import type { Variables } from './variables.ts';

/** A group of both accounts, and the tokens of its two participants. */
export interface Chat {
  id: string;
  anna: string;
  boris: string;
}

/** The tour's own group has slow mode, so the other checks have one of theirs. */
export async function createChat(backend: Backend, variables: Variables): Promise<Chat> {
  const [anna, boris, borisId] = [variables.get('token'), variables.get('borisToken'), variables.get('borisId')];
  const body = { name: 'Smoke test', participantIds: [borisId], clientId: randomUUID() };
  const { group } = await backend.call<{ group: { id: string } }>({
    method: 'POST',
    path: '/groups',
    token: anna,
    body,
  });
  return { id: group.id, anna, boris };
}
