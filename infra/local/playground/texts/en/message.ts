import { plural } from './plural.ts';

/** The texts about one message: what it says about itself and what can be done with it. */
export const messageEn = {
  reply: 'Reply',
  toQuoted: 'Go to the quoted message',
  edit: 'Edit',
  copyText: 'Copy the text',
  textCopied: 'Text copied.',
  actions: 'Actions',
  actionsOn: (author: string) => `Message of ${author}`,
  moreEmojis: 'More emojis',
  andOthers: (count: number) => `and ${plural(count, 'other', 'others')}`,
  edited: 'edited',
  messageDeleted: 'Message deleted',
  deletedByAdmin: 'Deleted by an admin',
  deletedByOperator: 'Deleted by the administration',
  undo: 'Undo',
};
