import { datesIn } from '../dates.ts';
import { durationIn } from '../duration.ts';

/** The texts of the whole page, and the words that many of its parts use. */
export const commonEn = {
  ...datesIn('en', 'numeric'),
  title: 'Group chat',
  chats: 'Chats',
  loading: 'Loading…',
  cancel: 'Cancel',
  create: 'Create',
  save: 'Save',
  back: 'Back to chats',
  backTo: 'Back',
  done: 'Done',
  pin: 'Pin',
  unpin: 'Unpin',
  pinned: 'Pinned',
  close: 'Close',
  retry: 'Try again',
  delete: 'Delete',
  duration: durationIn('en'),
  noAnswer: 'The server is not responding. Is npm start running?',
  pageFault: 'Something went wrong in this page. Reload it.',
};
