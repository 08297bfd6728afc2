/** What moves a terminal's cursor, starts a line, or changes the order in which text is shown; a tab does no harm. */
const unprintable = /(?!\t)[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** The text in one line, with everything that could control a terminal escaped: a client may have written it. */
export const printable = (text: string): string =>
  text.replace(unprintable, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** An error for the terminal: its message in one line and where it was thrown, then the same for its causes. */
export function describeError(error: unknown): string {
  if (typeof error !== 'object' || error === null) return printable(String(error));
  const { name = 'Error', message = '', stack = '' }: Partial<Error> = error;
  const frames = String(stack)
    .split('\n')
    .filter((line) => /^ +at /.test(line))
    .map((line) => `\n    ${printable(line.trim())}`);
  return `${printable(`${name}: ${message}`)}${frames.join('')}${describeCause(error)}`;
}

const describeCause = ({ cause }: { cause?: unknown }): string =>
  cause === undefined ? '' : `\nCaused by ${describeError(cause)}`;

/** Shows an error of the runner. */
export const reportError = (error: unknown): void => console.error(describeError(error));

/** Shows that a function failed. Where the runner noticed this says nothing; the cause does. */
export const reportFailure = (error: unknown): void =>
  console.error(error instanceof Error ? printable(error.message) + describeCause(error) : describeError(error));
