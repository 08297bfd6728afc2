import * as z from 'zod';

/** The objects of the specification. Further fields are allowed everywhere. */

const id = z.string().min(1);
/** "2024-01-01T00:00:00Z", with or without fractions of a second. */
const time = z.iso.datetime();
const url = z.url({ protocol: /^https?$/ });

export const user = z.looseObject({ id, email: z.string(), name: z.string(), phone: z.string().optional() });
export const session = z.looseObject({ user, accessToken: z.string().min(1), refreshToken: z.string().min(1) });
export const refreshed = z.looseObject({ accessToken: z.string().min(1) });
export const success = z.looseObject({ success: z.literal(true) });

const metadata = z.looseObject({ meetUrl: url.optional(), suggestMeet: z.boolean().optional() });

export const message = z.looseObject({
  id,
  chatId: id,
  userId: id,
  userName: z.string(),
  content: z.string(),
  type: z.enum(['text', 'ai', 'system']),
  createdAt: time,
  metadata: metadata.optional(),
});
/** The examples of the assistant's messages have no `userName`. */
const aiMessage = message.extend({ userName: z.string().optional(), type: z.literal('ai') });

export const group = z.looseObject({
  id,
  name: z.string(),
  type: z.literal('group'),
  participantIds: z.array(id),
  inviteCode: z.string().min(1),
  createdAt: time,
});

export const chat = z.looseObject({
  id,
  name: z.string(),
  type: z.enum(['group', 'direct']),
  participantIds: z.array(id),
  inviteCode: z.string().min(1).optional(),
  createdAt: time,
  lastMessageAt: time,
  lastMessage: z.string(),
});

export const ofMessage = z.looseObject({ message });
export const ofMessages = z.looseObject({ messages: z.array(message) });
export const ofGroup = z.looseObject({ group });
export const ofChats = z.looseObject({ chats: z.array(chat) });
export const ofAnswer = z.looseObject({ message: aiMessage });
export const ofSuggestions = z.looseObject({ suggestions: z.array(aiMessage) });
export const meeting = z.looseObject({ meetUrl: url });
export const anything = z.unknown();

export type Chat = z.output<typeof chat>;
export type Group = z.output<typeof group>;
