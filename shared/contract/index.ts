import { login, refresh, register } from './auth.ts';
import { createGroup, joinGroup, listChats } from './chats.ts';
import type { Endpoint } from './endpoint.ts';
import { health } from './health.ts';
import { listMessages, sendMessage } from './messages.ts';

/** Every REST endpoint there is. To add one: an entry here, its file in `functions/`, its grants in `infra/grants.ts`. */
export const endpoints: readonly Endpoint[] = [
  health,
  register,
  login,
  refresh,
  listChats,
  listMessages,
  sendMessage,
  createGroup,
  joinGroup,
];
