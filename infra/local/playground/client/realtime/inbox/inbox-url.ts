/** The URL of an inbox. A base URL that ends with /live is API Gateway's own, which takes no path. */
export const inboxUrl = (wsUrl: string, ticket: string): string =>
  wsUrl.endsWith('/live') ? `${wsUrl}?inbox=1&ticket=${ticket}` : `${wsUrl}/ws/inbox?ticket=${ticket}`;
