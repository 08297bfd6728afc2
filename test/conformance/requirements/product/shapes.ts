import * as z from 'zod';
import type { Chat } from '#shared/contract/chats/chat.ts';
import type { Message } from '#shared/contract/chats/message.ts';
import type { ErrorFrame } from '#shared/contract/websocket/error.ts';
import { chat, group, message } from '../../client/shapes.ts';

/** What docs/api.md adds to the objects of the specification. The types of the contract only check the names of the fields. */

type Fields<Of> = Partial<Record<keyof Of, z.ZodType>>;

const messageFields = {
  seq: z.int().positive(),
  clientId: z.string().optional(),
  version: z.int().optional(),
  editedAt: z.iso.datetime().optional(),
  deletedAt: z.iso.datetime().optional(),
  replyTo: z.looseObject({ messageId: z.string(), content: z.string(), userId: z.string() }).optional(),
  reactions: z.array(z.looseObject({ emoji: z.string(), count: z.int(), userIds: z.array(z.string()) })).optional(),
  pinned: z.literal(true).optional(),
} satisfies Fields<Message>;

const chatFields = {
  lastSeq: z.int(),
  unreadCount: z.int(),
  mentionCount: z.int(),
  lastRev: z.int(),
  epoch: z.string(),
} satisfies Fields<Chat>;

const errorFields = { type: z.literal('error'), code: z.string(), message: z.string() } satisfies Fields<ErrorFrame>;

export const numbered = message.extend(messageFields);
const counted = chat.extend(chatFields);
export const errorFrame = z.looseObject(errorFields);
export const frame = z.looseObject({ type: z.string() });
export const changedFrame = z.looseObject({ type: z.literal('changed'), rev: z.int(), message: numbered });
export const syncedFrame = z.looseObject({ type: z.literal('synced'), seq: z.int() });

export const ofNumbered = z.looseObject({ message: numbered });
export const page = z.looseObject({ messages: z.array(numbered), rev: z.int(), epoch: z.string() });
export const changes = page.extend({ head: z.int() });
export const ofChat = z.looseObject({ chat: counted });
export const ofCounted = z.looseObject({ chats: z.array(counted), cursor: z.string().optional() });
export const members = z.looseObject({
  group: group.extend({ members: z.array(z.looseObject({ userId: z.string(), name: z.string(), role: z.string() })) }),
});
export const unread = z.looseObject({
  total: z.int(),
  chats: z.array(z.looseObject({ chatId: z.string(), unreadCount: z.int() })),
});
