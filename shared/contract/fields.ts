import * as z from 'zod/mini';

const rule = (holds: (text: string) => boolean, error: string) => z.refine<string>(holds, { error });

/** Characters are Unicode code points: what DynamoDB stores and Dart's `String.runes` counts. */
const characters = (min: number, max: number) =>
  rule((text) => {
    const count = [...text].length;
    return count >= min && count <= max;
  }, `must have ${min} to ${max} characters`);

/** A lone surrogate can't be stored as UTF-8: it would come back as a different character. */
const wellFormed = rule((text) => text.isWellFormed(), 'must be well-formed Unicode');

/** No control characters, and none that change the direction of writing: a name is shown in the middle of other text. */
const inOneLine = rule(
  (text) => !/[\p{Cc}\u202A-\u202E\u2066-\u2069]/u.test(text),
  'must not contain control characters',
);

/** Text that people write: trimmed, then counted. */
export const text = (min: number, max: number) =>
  z.string().check(z.trim(), wellFormed, characters(min, max), z.meta({ minLength: min, maxLength: max }));

/** Trimmed and lower-cased, so that one email has one account. 254 is RFC 5321's limit for a path. */
export const email = z
  .string()
  .check(z.trim(), z.toLowerCase(), z.maxLength(254), z.email({ error: 'must be an email address' }));

/** bcrypt stops after 72 bytes and at NUL, so whatever it would cut is refused. */
export const newPassword = z
  .pipe(
    z.pipe(
      z.string(),
      z.transform((password: string) => password.normalize('NFKC')),
    ),
    z.string().check(
      wellFormed,
      rule((password) => !password.includes('\0'), 'must not contain NUL'),
      rule((password) => [...password].length >= 8, 'must have at least 8 characters'),
      rule((password) => Buffer.byteLength(password) <= 72, 'must have at most 72 bytes'),
    ),
  )
  .check(
    z.meta({ minLength: 8, maxLength: 72 }),
    z.describe(
      'At least 8 characters, and at most 72 bytes of UTF-8, after NFKC, which makes the same password of what different keyboards send. The most common passwords are refused.',
    ),
  );

/** At login any string may be tried; only its size is bounded. */
export const triedPassword = z.pipe(
  z.string().check(z.maxLength(1000)),
  z.transform((password: string) => password.normalize('NFKC')),
);

const phoneForm = z.describe('E.164, such as +79991234567; spaces, brackets, dots and dashes are ignored.');

/** Checks only the form. Whether such a number can exist is checked when a code is sent to it. */
export const phone = z
  .pipe(
    z.pipe(
      z.string().check(z.maxLength(40)),
      z.transform((written: string) => written.replace(/[\s().-]/g, '')),
    ),
    z.string().check(z.regex(/^\+[1-9]\d{6,14}$/, { error: 'must be a phone number in E.164 form: +79991234567' })),
  )
  .check(z.meta({ pattern: '^\\+[1-9][\\d ().-]{5,30}$' }), phoneForm);

export const code = z
  .string()
  .check(
    z.trim(),
    z.regex(/^\d{6}$/, { error: 'must be 6 digits' }),
    z.describe('Sent by text message: POST /auth/code.'),
  );

export const device = text(1, 100).check(
  z.describe('The name of the session in the list of sessions; by default the User-Agent header.'),
);

export const personName = text(1, 80).check(inOneLine);
export const groupName = text(1, 100).check(inOneLine);

/** 4,000 code points are at most 16,000 bytes of UTF-8, so the limit of 16 KB holds by itself. */
export const content = text(1, 4000);

export const clientId = z
  .string()
  .check(
    wellFormed,
    characters(1, 64),
    z.meta({ minLength: 1, maxLength: 64 }),
    z.describe('Chosen by the author’s client for one message, and the same in every retry of it.'),
  );

export const id = z.string().check(z.minLength(1), z.maxLength(64));

export const inviteCode = z
  .string()
  .check(
    z.trim(),
    z.toUpperCase(),
    z.minLength(1),
    z.maxLength(32),
    z.describe('Surrounding spaces and lower case are accepted, because codes are read out and typed by hand.'),
  );

/** The answer of an endpoint that has nothing to return. */
export const success = z.object({ success: z.literal(true) });

export const time = z.iso.datetime();

/** Numbers of messages are stored with twelve digits. */
export const highestSeq = 999_999_999_998;

/** A number in a query string. */
export const queryNumber = (min: number, max: number) =>
  z.pipe(
    z.string().check(z.regex(/^\d{1,15}$/, { error: 'must be a whole number' })),
    z.pipe(
      z.transform((digits: string) => Number(digits)),
      z.int().check(z.gte(min, { error: `must be at least ${min}` }), z.lte(max, { error: `must be at most ${max}` })),
    ),
  );
