/** The maximum length of a message. The server counts code points: an emoji may consist of several. */
export const maxCharacters = 4000;

/** The maximum length of a question to the assistant. */
export const maxOfQuestion = 2000;

export const lengthOf = (content: string): number => [...content].length;

export const tooLong = (content: string): boolean => lengthOf(content) > maxCharacters;
