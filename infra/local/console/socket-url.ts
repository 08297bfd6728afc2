/** The URL of a chat's socket. A base URL that ends with /live is API Gateway's own, which takes the chat in the query. */
export const socketUrl = (wsUrl: string, chatId: string, query: string): string =>
  wsUrl.endsWith('/live') ? `${wsUrl}?chatId=${chatId}&${query}` : `${wsUrl}/ws/chat/${chatId}?${query}`;
