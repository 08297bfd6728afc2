/** The word that mentions all participants, in each language: a message may have been written in the other one. */
export const everyoneIn = { en: 'everyone', ru: 'все' };
