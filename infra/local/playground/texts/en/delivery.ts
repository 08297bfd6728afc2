import { plural } from './plural.ts';

/** The texts about messages that the user has sent, or tries to send. */
export const deliveryEn = {
  unsent: (content: string) => `Not sent yet: ${content}`,
  sending: 'Sending',
  waiting: 'Waiting to be sent',
  failed: (why: string) => `Not sent. ${why}`,
  droppedUnsent: (messages: number) =>
    `${plural(messages, 'unsent message was', 'unsent messages were')} deleted: you are no longer in the chat.`,
  sent: 'Sent',
  read: 'Read',
};
