import * as z from 'zod/mini';
import { login } from '#shared/contract/auth/login.ts';
import { register } from '#shared/contract/auth/register.ts';
import { listChats } from '#shared/contract/chats/list-chats.ts';
import type { Endpoint } from '#shared/contract/endpoint.ts';
import { createGroup } from '#shared/contract/groups/create-group.ts';
import { demoAccount } from '../demo-account.ts';

export interface DemoAccount {
  accessToken: string;
  chatId: string;
}

/**
 * Logs in over the REST API like any client. Creates the account and a chat unless they exist. Returns undefined if the
 * server refuses, because somebody has changed the password or the stage's throttle is very low.
 */
export async function openDemoAccount(url: string): Promise<DemoAccount | undefined> {
  const { email, password } = demoAccount;
  const send = ({ method, path }: Endpoint, body?: object, token = '') =>
    fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${token}` },
      ...(body && { body: JSON.stringify(body) }),
    });
  const loggedIn = await send(login, { email, password });
  const answer = loggedIn.ok ? loggedIn : await send(register, demoAccount);
  if (!answer.ok) return undefined;
  const { accessToken } = z.parse(login.response, await answer.json());
  const listed = await send(listChats, undefined, accessToken);
  if (!listed.ok) return undefined;
  const { chats } = z.parse(listChats.response, await listed.json());
  if (chats[0]) return { accessToken, chatId: chats[0].id };
  const created = await send(createGroup, { name: 'Demo', participantIds: [] }, accessToken);
  if (!created.ok) return undefined;
  const { group } = z.parse(createGroup.response, await created.json());
  return { accessToken, chatId: group.id };
}
