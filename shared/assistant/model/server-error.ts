/** Seconds. What a server asks for beyond this is a mistake. */
const maxRetryAfter = 3600;
const maxLength = 2000;

/** What a server says instead of answering. */
export class ServerError extends Error {
  readonly status: number;
  /** Its message and codes, without the parts of the request that it repeats in other fields. */
  readonly words: string;
  /** Whole seconds, at least 1. */
  readonly retryAfter: number | undefined;

  constructor(status: number, body: string, retryAfter?: number) {
    const words = wordsIn(body).join(' ').slice(0, maxLength);
    super(`${status} ${words}`);
    this.status = status;
    this.words = words;
    this.retryAfter = retryAfter && retryAfter >= 1 ? Math.min(Math.ceil(retryAfter), maxRetryAfter) : undefined;
  }

  /** Whether the model has written something that the server then refused: that cost tokens, and the request was right. */
  get isOfGeneration(): boolean {
    return /failed_generation|tool_use_failed|^(?=.*(?<![a-z-])calls?\b(?!-))(?=.*\b(?:pars(?:e|ing)|validat\w+|attempt\w*|fail\w*)\b)/is.test(
      this.words,
    );
  }
}

const telling =
  /^(?:errors?|error_(?:code|message|msg)|code|type|message|msg|details?|description|reason|param|loc|metadata|raw)$/;

/** The strings of an error that tell what is wrong, or all of one that is not JSON. Gateways pass on an error as a string. */
function wordsIn(value: unknown): string[] {
  if (typeof value === 'string') {
    const parsed = parse(value);
    return typeof parsed === 'object' ? wordsIn(parsed) : [value];
  }
  if (typeof value === 'number') return [String(value)];
  if (Array.isArray(value)) return value.flatMap(wordsIn);
  return Object.entries(value ?? {}).flatMap(([field, inner]) => (telling.test(field) ? wordsIn(inner) : []));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The error for the log, `withoutQuotes` of the secrets: some servers quote the key and the question. */
export function withoutSecrets(error: unknown, secrets: string[]): unknown {
  if (!(error instanceof Error)) return error;
  const { name, message, stack, cause } = error;
  const shown = withoutQuotes(message, secrets);
  const safe = new Error(shown, { cause: withoutSecrets(cause, secrets) });
  return Object.assign(safe, { name, stack: stack?.replace(message, () => shown) });
}

/** Characters of a piece that is no coincidence. */
const pieceLength = 12;

/** The text without the strings that it quotes, and without longer pieces of them. */
export function withoutQuotes(text: string, strings: string[]): string {
  const quoted = strings.map((one) => unescaped(one).trim()).filter(Boolean);
  const short = quoted.filter(({ length }) => length < pieceLength);
  const words = short.reduce(withoutWord, unescaped(text));
  const all = quoted.join('\n');
  let own = '';
  let quotedUntil = 0;
  for (let at = 0; at < words.length; at++) {
    const piece = words.slice(at, at + pieceLength);
    if (piece.length === pieceLength && all.includes(piece)) quotedUntil = at + pieceLength;
    if (at >= quotedUntil) own += words[at];
    else if (!own.endsWith('…')) own += '…';
  }
  return own;
}

const withoutWord = (text: string, word: string): string =>
  text.replaceAll(word, (found, at: number) =>
    isLetter(text[at - 1]) || isLetter(text[at + found.length]) ? found : '…',
  );

const isLetter = (character = ''): boolean => /[\p{L}\p{N}]/u.test(character);

/** A quote may be in JSON, or in JSON in JSON. */
const unescaped = (text: string): string =>
  text
    .replace(/\\+u([0-9a-f]{4})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replace(/\\+n/g, '\n')
    .replace(/\\+(?=["'])/g, '');
