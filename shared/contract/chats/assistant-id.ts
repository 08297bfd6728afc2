/** The `userId` of the assistant's messages; no user has it. */
export const assistantId = 'assistant';
