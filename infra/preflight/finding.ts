/** What a check has found. Codes are stable; texts say what to do. */
export type Finding<Code extends string = string> =
  | { status: 'ok' | 'unused'; text: string }
  | { status: 'todo' | 'unknown'; code: Code; text: string };

export const ok = (text: string) => ({ status: 'ok' as const, text });
/** Something that the operator has to do. */
export const todo = <const Code extends string>(code: Code, text: string) => ({ status: 'todo' as const, code, text });
/** Something that could not be checked. */
export const unknown = <const Code extends string>(code: Code, text: string) => ({
  status: 'unknown' as const,
  code,
  text,
});
