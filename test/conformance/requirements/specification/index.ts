import type { Requirement } from '../requirement.ts';
import { assistant } from './assistant.ts';
import { auth } from './auth.ts';
import { chats } from './chats.ts';
import { groups } from './groups.ts';
import { messages } from './messages.ts';
import { sockets } from './sockets.ts';

/** What the specification names. */
export const specification: Requirement[] = [...auth, ...chats, ...messages, ...groups, ...assistant, ...sockets];
