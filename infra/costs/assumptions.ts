/** What `npm run costs` assumes about people, and about times and sizes that no test counts. Change it to what you measure. */

/** A daily user and a day. */
export const perUser = {
  /** How often the app is opened; each time it asks for a ticket, opens an inbox and asks what is unread. */
  opens: 10,
  minutesConnected: 60,
  /** Sent over the socket with a `clientId`. */
  messages: 30,
  /** Frames that say that somebody types. */
  typing: 60,
  /** Sent over REST, one for each message or for several that arrive within five seconds. */
  readMarks: 60,
  /** Reactions, edits and deletions, counted as in a chat of ten. */
  changes: 5,
  /** Of `pictureBytes`, with a thumbnail; a part of the messages. */
  pictures: 2,
  /** The list of chats, of 10 chats. */
  lists: 2,
  /** Catching up in a chat, with 10 new messages. */
  syncs: 15,
  /** Pages of 100 messages of the history. */
  pages: 10,
  /** Of 1,000 messages. */
  searches: 0.5,
};

/** The chats in which messages, marks and typing happen: parts of all by participants, of sizes that docs/costs.md counts. */
export const chats = [
  { participants: 2, share: 0.7 },
  { participants: 10, share: 0.27 },
  { participants: 100, share: 0.029 },
  { participants: 1000, share: 0.001 },
];

/** Parts of one. */
export const shares = {
  /** The share of the other participants who are connected when something happens. The rest get a push. */
  online: 0.3,
  /** The share of the rest who have a device for pushes and have not muted the chat. */
  devices: 0.9,
  /** The share of pushes that wait in the queue twice, because they follow another within ten seconds. */
  pushedTwice: 0.3,
  /** The shares of a picture's receivers who see its thumbnail, and who open it. */
  seeThumbnail: 0.6,
  openPicture: 0.2,
  /** The share of a day's use that falls into its busiest hour. */
  busiestHour: 0.12,
};

/** How much more happens in the busiest second than in the average of its hour. */
export const busiestSecond = 2;
export const daysOfMonth = 30;
/** Messages and pictures of so many months are stored, since nothing expires. */
export const monthsKept = 12;

/** How long functions run. Simulated: docs/scale.md. Estimated: never measured on AWS. */
export const milliseconds = {
  /** Simulated, of a message to ten; larger chats of up to 250 connections take up to 60 ms more. */
  message: 140,
  /** Simulated, of a message to 1,000 inboxes, at 1,769 MB. */
  deliver: 1000,
  /** Estimated. */
  request: 20,
  /** Simulated: 40 ms more than another request. */
  readMark: 60,
  /** Simulated: 120 ms more than another request. */
  change: 140,
  /** Estimated: lists, pages of history and `sync`. */
  longRead: 60,
  /** Estimated, at 1,769 MB. */
  search: 250,
  /** Estimated. */
  push: 300,
  /** Estimated: more for the message, and for `delete-files`. */
  picture: 120,
  deleteFiles: 20,
  /** Estimated: a ping, opening and closing a socket. */
  socket: 5,
};

/** Estimated, except for the pictures, which are assumed. */
export const bytes = {
  frame: 400,
  answer: 1000,
  longAnswer: 32_000,
  storedMessage: 400,
  picture: 300_000,
  thumbnail: 20_000,
  loggedInvocation: 700,
  loggedRequest: 1000,
};

/** The numbers of daily users in the tables. */
export const userCounts = [1000, 100_000, 1_000_000] as const;
