/** The languages of the texts that the server makes. */
export const languages = ['en', 'ru'] as const;

export type Language = (typeof languages)[number];
