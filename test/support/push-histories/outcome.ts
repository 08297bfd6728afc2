export const noWrongs = {
  /** Devices that never got a message that was enqueued, though it is unread and wanted. */
  lost: 0,
  /** Pushes to somebody who was not to get them, by what was true since the worker began. */
  unwanted: 0,
  /** The same text again, without a reason that excuses it. */
  twice: 0,
  /** An older text in the place of a newer one. */
  older: 0,
  /** A second push of the chat within 10 s. */
  tooOften: 0,
  /** Pushes to a device before the time that Firebase had asked for. */
  tooEarly: 0,
  /** Devices that are not registered any more, though nobody removed them and Firebase did not say that they are gone. */
  devicesLost: 0,
  /** Histories in which the queue never got empty. */
  endless: 0,
};
export type Wrongs = typeof noWrongs;

/**
 * Texts that a device got twice, by what excuses it: nobody could know that it had got them, or it got them with a mention
 * when it was tried again, and the mention is pushed to others too.
 */
export const noExcused = {
  'worker died': 0,
  'answer lost': 0,
  'mark not written': 0,
  'retry not enqueued': 0,
  'edit before a retry': 0,
};

/** What became of a history. */
export interface Outcome {
  enqueued: number;
  accepted: number;
  deadLetters: number;
  wrongs: Wrongs;
  excused: typeof noExcused;
  /** What is wrong, for those who look for the cause. */
  details: object[];
}
