import * as z from 'zod/mini';
import { callAws } from './aws/call.ts';
import { Cached } from './cached.ts';
import { settings } from './settings.ts';

/** The operator fills it in; until then everything is empty. */
const content = z.object({
  openaiApiKey: z._default(z.string(), ''),
  /** One or more, separated by commas; the first one exchanges auth codes. */
  googleClientId: z._default(z.string(), ''),
  googleClientSecret: z._default(z.string(), ''),
  /** The JSON of a Firebase service account, as a string or as an object. */
  fcmServiceAccount: z._default(z.union([z.string(), z.record(z.string(), z.string())]), ''),
});

type OperatorSecret = z.output<typeof content>;

/** How long the secret is cached, milliseconds. Shorter while a needed field is missing: it may be added soon. */
const ttlMs = { complete: 5 * 60_000, incomplete: 10_000 };

const cached = new Cached<OperatorSecret>({ ttlMs: ttlMs.complete });

/**
 * The fields of the operator's secret that the caller needs. Read on first use, so that a function without a key still
 * starts.
 */
export async function operatorSecret<Name extends keyof OperatorSecret>(
  ...needed: Name[]
): Promise<Pick<OperatorSecret, Name>> {
  const arn = settings.operatorSecret();
  const known = cached.get(arn);
  if (known) return known;
  const secret = await callAws('secretsmanager', 'GetSecretValue', { SecretId: arn });
  const value = parseSecret((secret as { SecretString: string }).SecretString);
  cached.set(arn, value, needed.every((name) => value[name]) ? ttlMs.complete : ttlMs.incomplete);
  return value;
}

/** Leaves out the cause, because a SyntaxError quotes the text: a part of the secret would be in the log. */
function parseSecret(text: string): OperatorSecret {
  try {
    return z.parse(content, JSON.parse(text));
  } catch {
    throw new Error(`The secret ${settings.operatorSecret()} is not a JSON object of strings: see docs/deploy.md.`);
  }
}
