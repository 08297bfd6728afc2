import type { Requirement } from '../requirement.ts';
import { accounts } from './accounts.ts';
import { changes } from './changes.ts';
import { chats } from './chats.ts';
import { clientIds } from './client-ids.ts';
import { groups } from './groups.ts';
import { inbox } from './inbox.ts';
import { live } from './live.ts';
import { messages } from './messages.ts';
import { people } from './people.ts';
import { problems } from './problems.ts';
import { sockets } from './sockets.ts';

/** What docs/api.md adds, and a client relies upon. */
export const product: Requirement[] = [
  ...problems,
  ...accounts,
  ...people,
  ...chats,
  ...messages,
  ...clientIds,
  ...changes,
  ...groups,
  ...sockets,
  ...live,
  ...inbox,
];
