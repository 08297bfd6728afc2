/** A number with the form of the noun that goes with it: `1 message`, `2 messages`. */
export const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;
