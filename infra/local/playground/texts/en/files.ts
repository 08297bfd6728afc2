import type { Message } from '#shared/contract/chats/message.ts';
import type { Unfitness } from '../../client/files/unfit-file.ts';

type Placeholder = NonNullable<NonNullable<Message['metadata']>['placeholder']>;

/** What a message without text is called, in the words of the server. */
const placeholders: Record<Placeholder, string> = {
  photo: 'Photo',
  video: 'Video',
  voice: 'Voice message',
  audio: 'Audio',
  file: 'File',
};

const unfit: Record<Unfitness, string> = {
  type: '“{name}” can’t be sent: files of this type are not accepted.',
  size: '“{name}” is too large. Maximum: {limit}.',
  empty: '“{name}” is empty.',
  broken: '“{name}” is damaged or not of the type that it seems.',
  position: '“{name}” can’t be sent from this browser: it could not remove the place where the photo was taken.',
};

/** The texts about files, pictures and voice messages. */
export const filesEn = {
  placeholders,
  unfit,
  units: ['bytes', 'KB', 'MB'] as readonly string[],
  decimal: (number: number) => number.toLocaleString('en', { maximumFractionDigits: 1 }),
  dropHere: 'Drop the files here to send them',
  chosen: 'Files to send',
  remove: (name: string) => `Remove ${name}`,
  preparing: 'Preparing…',
  tooMany: (max: number) => `A message has at most ${max} files. The others were left out.`,
  uploading: (name: string) => `Uploading ${name}`,
  cancel: 'Cancel',
  record: 'Record a voice message: tap or hold',
  recording: 'Recording',
  cancelRecording: 'Cancel the recording',
  microphoneDenied:
    'The browser does not let this page use the microphone. Click the icon next to the address, allow the microphone, and try again.',
  microphoneMissing: 'No microphone was found.',
  microphoneElsewhere: 'Voice messages can be recorded only on the laptop itself, at localhost.',
  play: 'Play',
  pause: 'Pause',
  position: 'Position',
  openPicture: (name: string) => `Open the picture ${name}`,
  pictures: 'Pictures',
  pictureOf: (n: number, count: number) => `${n} of ${count}`,
  previous: 'Previous picture',
  next: 'Next picture',
  download: (name: string) => `Download ${name}`,
  myPicture: 'My picture',
  groupPicture: 'Group picture',
  choosePicture: 'Choose a picture',
  removePicture: 'Remove the picture',
};
