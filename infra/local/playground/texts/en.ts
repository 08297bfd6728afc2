import type { Message } from '#shared/contract/chats/message.ts';

const plural = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

type Metadata = NonNullable<Message['metadata']>;

/** Each text of a system message. `members` are names joined by commas. */
type SystemTexts = Record<
  NonNullable<Metadata['event']>,
  (about: { actor: string; members: string; name: string; role: string }) => string
>;

const systemMessages: SystemTexts = {
  created: ({ actor }) => `${actor} created the group`,
  joined: ({ actor }) => `${actor} joined`,
  added: ({ actor, members }) => `${actor} added ${members}`,
  left: ({ actor }) => `${actor} left`,
  removed: ({ actor, members }) => `${actor} removed ${members}`,
  renamed: ({ actor, name }) => `${actor} renamed the group to ${name}`,
  role_changed: ({ actor, members, role }) => `${actor} made ${members} ${role}`,
  meeting: ({ actor }) => `${actor} created a meeting`,
};

/** All texts of the page. */
export const en = {
  time: new Intl.DateTimeFormat('en', { hour: 'numeric', minute: '2-digit' }),
  date: new Intl.DateTimeFormat('en', { day: 'numeric', month: 'long', year: 'numeric' }),
  title: 'Group chat',
  signIn: 'Sign in',
  signUp: 'Create an account',
  signOut: 'Sign out',
  signInAs: (name: string) => `Continue as ${name}`,
  or: 'or',
  byEmail: 'Email',
  byPhone: 'Phone',
  email: 'Email',
  password: 'Password',
  name: 'Name',
  nameHint: 'For a new account',
  phone: 'Phone',
  getCode: 'Get a code',
  code: 'Code',
  textMessage: (code: string) => `The local server sends no text messages. Your code is ${code}`,
  codeInTerminal: 'The local server sends no text messages. Your code is in its terminal.',
  theme: 'Light or dark',
  otherLanguage: 'По-русски',
  chats: 'Chats',
  noChats: 'No chats yet. Create a group, or join one with an invite code.',
  chooseChat: 'Choose a chat',
  newGroup: 'New group',
  groupName: 'Group name',
  join: 'Join by code',
  inviteCode: 'Invite code',
  direct: 'Direct chat',
  directHint: 'Email or phone of the other person',
  nobodyFound: 'No user has this email or phone.',
  rename: 'Change my name',
  cancel: 'Cancel',
  ok: 'OK',
  back: 'Back to chats',
  participants: (count: number) => plural(count, 'participant', 'participants'),
  directChat: 'Direct chat',
  unread: (count: number) => plural(count, 'unread message', 'unread messages'),
  invite: (code: string) => `Invite: ${code}`,
  inviteCopied: 'Invite link copied.',
  meet: 'Meeting',
  linkGoogle: 'Google account token (the local server accepts any text)',
  joinMeeting: 'Join the meeting',
  createMeeting: 'Create a meeting',
  messages: 'Messages',
  write: 'Message',
  send: 'Send',
  ask: 'Ask the assistant',
  suggest: 'Suggest',
  askedBy: (name: string) => `${name} asked`,
  assistant: 'Assistant',
  asking: 'The assistant is thinking…',
  unsent: (content: string) => `Not sent yet: ${content}`,
  sending: 'Sending',
  failed: (why: string) => `Not sent. ${why}`,
  retry: 'Try again',
  sent: 'Sent',
  read: 'Read',
  typing: 'writing',
  states: {
    connecting: 'Connecting',
    'catching up': 'Catching up',
    live: 'Connected',
    offline: 'Offline',
    waiting: 'Reconnecting',
  },
  inSeconds: (seconds: number) => `in ${seconds} s`,
  systemMessages,
  roles: { owner: 'the owner', admin: 'an admin', member: 'a member' },
  somebody: 'somebody',
  noAnswer: 'The server is not responding. Is npm start running?',
  /** The rule for an invalid field, by its name. For other fields the server's message is shown. */
  fields: {
    email: 'The email must look like name@example.com.',
    emails: 'The email must look like name@example.com.',
    phone: 'The phone number must look like +79991234567.',
    phones: 'The phone number must look like +79991234567.',
    password: 'The password must be 8–72 bytes long: one byte per English letter, two or more per other letter.',
    code: 'The code must have 6 digits.',
    name: 'The name is empty or too long.',
    inviteCode: 'An invite code has at most 32 characters.',
    content: 'A message must have 1 to 4,000 characters.',
    question: 'A question must have 1 to 2,000 characters.',
  },
  /** The text for a problem code. For other codes the server's message is shown. */
  problems: {
    no_answer: 'The server is not responding.',
    invalid_input: 'Something is missing or invalid.',
    session_ended: 'This session has ended. Sign in again.',
    token_invalid: 'Sign in again.',
    too_many_requests: 'Too many requests. Try again later.',
    unavailable: 'A service is temporarily unavailable. Try again.',
    maintenance: 'The service is being maintained. Try again in a few minutes.',
    switched_off: 'This is switched off for now. Try again later.',
    internal: 'Something went wrong on our side.',
    blocked: "You can't message or add this user.",
    not_a_participant: 'You are no longer in this chat.',
    client_id_reused: 'Another message was sent with the same id.',
    google_not_linked: 'Link your Google account first.',
  } as Record<string, string>,
};

/** Another language must have all of these texts. */
export type Texts = typeof en;
