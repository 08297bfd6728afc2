/** The author of the assistant's messages: a `userId` that no user has. */
export const assistantId = 'assistant';
