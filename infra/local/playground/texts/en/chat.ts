/** The texts about the open chat: its header, its messages and the box to write in. */
export const chatEn = {
  info: 'About this chat',
  more: 'More actions',
  add: 'Attach and more',
  photo: 'Photo or video',
  file: 'File',
  askMode: 'Question to the assistant',
  askHint: 'The answer appears in the chat for everybody.',
  question: 'Question',
  sendQuestion: 'Ask',
  cancelAsking: 'Do not ask (Escape)',
  noSuggestions: 'The assistant has no suggestion for this chat.',
  empty: 'No messages yet',
  emptyDirect: (name: string) => `Say hello to ${name}.`,
  emptyGroup: 'Say hello, invite people, or ask the assistant.',
  sayHello: 'Say hello 👋',
  hello: 'Hello! 👋',
  invite: 'Invite people',
  /** What a screen reader says about a message: who, when, and what has become of it. */
  by: (author: string, time: string) => `${author}, ${time}`,
};
