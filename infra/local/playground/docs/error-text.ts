/** What to show of something that failed. */
export const errorText = (error: unknown): string => (error instanceof Error ? error.message : String(error));
