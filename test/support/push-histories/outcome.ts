export const noWrongs = {
  /** Devices that never got an enqueued message that is unread and wanted. */
  lost: 0,
  /** Pushes to users who, since the worker began, should at no moment have got them. */
  unwanted: 0,
  /** The same text again without a known reason. */
  twice: 0,
  /** An older text in place of a newer one. */
  older: 0,
  /** A second push of the chat within 10 s. */
  tooOften: 0,
  /** Pushes to a device earlier than Firebase asked for. */
  tooEarly: 0,
  /** Devices that were unregistered, though nobody removed them and Firebase did not call them gone. */
  devicesLost: 0,
  /** Histories in which the queue never became empty. */
  endless: 0,
};
export type Wrongs = typeof noWrongs;

/**
 * Texts that a device got twice, by reason: no worker could know that the device had got them, or a retry brought a new
 * mention to the device before the event of the edit did.
 */
export const noExcused = {
  'worker died': 0,
  'answer lost': 0,
  'mark not written': 0,
  'retry not enqueued': 0,
  'edit before a retry': 0,
};

/** How a history ended. */
export interface Outcome {
  enqueued: number;
  accepted: number;
  deadLetters: number;
  wrongs: Wrongs;
  excused: typeof noExcused;
  /** What is wrong, to help find the cause. */
  details: object[];
}
