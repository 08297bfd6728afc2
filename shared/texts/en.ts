import type { Texts } from './texts.ts';
import { writingRules } from './writing-rules.ts';

const roles = { owner: 'the owner', admin: 'an admin', member: 'a member' };

const writing = {
  everyone: 'everyone may write',
  admins: 'only admins may write',
  slowOff: 'no slow mode',
  slow: (time: string) => `slow mode ${time}`,
  units: { hours: 'h', minutes: 'min', seconds: 's' },
};

export const en: Texts = {
  assistant: 'Assistant',
  operator: 'Administration',
  deletedUser: 'Deleted user',
  nameless: (id) => `User ${id}`,
  messageDeleted: 'Message deleted',
  unknownDevice: 'Unknown device',
  linkRemoved: '[link removed]',
  codeMessage: (code) => `Your code is ${code}. It expires in 5 minutes. Don't share it with anyone.`,
  placeholders: { photo: 'Photo', video: 'Video', voice: 'Voice message', audio: 'Audio', file: 'File' },
  events: {
    created: ({ who }) => `${who} created the group`,
    joined: ({ who }) => `${who} joined the group`,
    added: ({ who, members }) => `${who} added ${members}`,
    left: ({ who, members }) => (members ? `${who} left; ${members} owns the group now` : `${who} left`),
    removed: ({ who, members }) => `${who} removed ${members}`,
    renamed: ({ who, name }) => `${who} renamed the group to “${name}”`,
    role_changed: ({ who, members, role }) => `${who} made ${members} ${roles[role]}`,
    posting_changed: ({ who, ...rules }) => `${who} changed the group settings: ${writingRules(rules, writing)}`,
    picture_changed: ({ who }) => `${who} changed the group picture`,
    meeting: ({ who, meetUrl }) => `${who} opened a meeting: ${meetUrl}`,
    announced: ({ text }) => text,
    locked: ({ who }) => `${who} locked this chat`,
    unlocked: ({ who }) => `${who} unlocked this chat`,
  },
};
