import * as z from 'zod/mini';

export const rule = (holds: (text: string) => boolean, error: string) => z.refine<string>(holds, { error });

/** Characters are Unicode code points: what DynamoDB stores and Dart's `String.runes` counts. */
export const characters = (min: number, max: number) =>
  rule((text) => {
    const count = [...text].length;
    return count >= min && count <= max;
  }, `must have ${min} to ${max} characters`);

/** A lone surrogate can't be stored as UTF-8: it would come back as a different character. */
export const wellFormed = rule((text) => text.isWellFormed(), 'must be well-formed Unicode');

/** No control characters, and none that change the direction of writing: a name is shown in the middle of other text. */
export const inOneLine = rule(
  (text) => !/[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/u.test(text),
  'must not contain control characters or line breaks',
);

/** Something that can be seen: not only spaces and invisible characters, such as U+200B. */
export const visible = rule(
  (text) => text === '' || /[^\s\p{Cf}\p{Mn}\u115F\u1160\u2800\u3164\uFFA0]/u.test(text),
  'must contain a visible character',
);
