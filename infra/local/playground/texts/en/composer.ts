import { everyoneIn } from '../everyone.ts';
import { plural } from './plural.ts';

/** The texts of the box to write in. */
export const composerEn = {
  replyingTo: (name: string) => `Reply to ${name}`,
  cancelReply: 'Cancel the reply (Escape)',
  everyone: everyoneIn.en,
  allParticipants: 'All participants',
  members: 'Participants to mention',
  found: (count: number) => plural(count, 'participant found', 'participants found'),
  write: 'Message',
  send: 'Send',
  tooLong: (length: number, max: number) =>
    `Too long: ${length.toLocaleString('en')} of ${max.toLocaleString('en')} characters`,
  ask: 'Ask the assistant',
  suggest: 'Suggest a reply',
  hideSuggestions: 'Hide the suggestions',
  onlyAdminsWrite: 'Only admins may write here.',
  slowModeOn: (pause: string) => `Slow mode: ${pause} between your messages.`,
  nextMessageIn: (clock: string) => `Your message will be sent in ${clock}.`,
  editing: 'Editing a message',
  cancelEditing: 'Cancel editing',
  editedMeanwhile: 'This message has been edited elsewhere meanwhile. Saving replaces that text.',
};
