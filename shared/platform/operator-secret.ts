import * as z from 'zod/mini';
import { callAws } from './aws/call.ts';
import { settings } from './settings.ts';

/** Filled in by the operator; everything is empty at first. */
const content = z.object({
  openaiApiKey: z._default(z.string(), ''),
  /** One or more, separated by commas; the first one exchanges auth codes. */
  googleClientId: z._default(z.string(), ''),
  googleClientSecret: z._default(z.string(), ''),
});

/** A new value is seen after this time at the latest, milliseconds. */
const memory = 5 * 60_000;
const shortMemory = 10_000;

let remembered: { value: z.output<typeof content>; until: number } | undefined;

/** The operator's secret: read when it is first needed, so that a function without a key still starts. */
export async function operatorSecret(): Promise<z.output<typeof content>> {
  if (remembered && remembered.until > Date.now()) return remembered.value;
  const secret = await callAws('secretsmanager', 'GetSecretValue', { SecretId: settings.operatorSecret() });
  const value = parseSecret((secret as { SecretString: string }).SecretString);
  // If something is missing, the operator may be about to fill it in.
  const filled = Object.values(value).every(Boolean);
  remembered = { value, until: Date.now() + (filled ? memory : shortMemory) };
  return value;
}

/** Leaves out the cause: a SyntaxError quotes the text, and would put a part of the secret into the log. */
function parseSecret(text: string): z.output<typeof content> {
  try {
    return z.parse(content, JSON.parse(text));
  } catch {
    throw new Error(`The secret ${settings.operatorSecret()} is not a JSON object of strings: see docs/deploy.md.`);
  }
}
