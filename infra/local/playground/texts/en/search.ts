/** The texts about searching. */
export const searchEn = {
  inChat: 'Search in this chat',
  inAll: 'Search chats and messages',
  close: 'Close the search (Escape)',
  keys: 'Use the arrow keys to choose a result and Enter to open it.',
  results: 'Search results',
  searching: 'Searching…',
  messages: (count: number) => (count === 1 ? '1 message found' : `${count} messages found`),
  noMessages: 'No messages found',
  searchedBackTo: (date: string) => `searched back to ${date}`,
  further: 'Search further back',
  noChats: 'No chats with this name',
  inMessages: 'Search the messages',
  moreInChat: 'More in this chat',
  moreChats: (count: number) => (count === 1 ? 'Search in 1 more chat' : `Search in ${count} more chats`),
  goesOnIn: (seconds: number) => `Too many searches. Continuing in ${seconds} s.`,
};
