import type { Message } from '#shared/contract/chats/message.ts';

type Metadata = NonNullable<Message['metadata']>;

/**
 * The template of each system message, in the words of the server. `{members}` are names joined by commas; in `left_to` it
 * is the new owner.
 */
export const systemMessages: Record<NonNullable<Metadata['event']> | 'left_to', string> = {
  created: '{actor} created the group',
  joined: '{actor} joined the group',
  added: '{actor} added {members}',
  left: '{actor} left',
  left_to: '{actor} left; {members} owns the group now',
  removed: '{actor} removed {members}',
  renamed: '{actor} renamed the group to “{name}”',
  role_changed: '{actor} made {members} {role}',
  posting_changed: '{actor} changed the group settings: {rules}',
  picture_changed: '{actor} changed the group picture',
  meeting: '{actor} opened a meeting',
  announced: '{text}',
  locked: '{actor} locked this chat',
  unlocked: '{actor} unlocked this chat',
};

/** What `{role}` stands for in `role_changed`. */
export const roles = { owner: 'the owner', admin: 'an admin', member: 'a member' };

/** What `{rules}` stands for in `posting_changed`: one or two of these, joined by commas. */
export const writing = {
  everyone: 'everyone may write',
  admins: 'only admins may write',
  slow_off: 'no slow mode',
  slow_hours: 'slow mode {count} h',
  slow_minutes: 'slow mode {count} min',
  slow_seconds: 'slow mode {count} s',
};
