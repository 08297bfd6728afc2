import { createHmac, randomInt, timingSafeEqual } from 'node:crypto';
import { consumeOneTimeCode, storeOneTimeCode, tryOneTimeCode } from '#shared/data/accounts/one-time-codes.ts';
import { Problem } from '#shared/platform/problem.ts';
import { settings } from '#shared/platform/settings.ts';

/** How long a code is valid, seconds. */
export const codeLifetime = 5 * 60;

const key = settings.codeKey();

/** A plain hash of a six-digit code is easily guessed, so the digest has a key that is not in the table. */
const digestOf = (phone: string, code: string): string =>
  createHmac('sha256', key).update(`${phone}:${code}`).digest('base64url');

/** Makes a new code for the phone, in place of any earlier code. */
export async function issueCode(phone: string): Promise<string> {
  const code = String(randomInt(1_000_000)).padStart(6, '0');
  await storeOneTimeCode(phone, digestOf(phone, code), Math.floor(Date.now() / 1000) + codeLifetime);
  return code;
}

/** Accepts the code that was sent to the phone, once. Throws `wrong_code`. */
export async function redeemCode(phone: string, code: string, knownNetwork: boolean): Promise<void> {
  const digest = await tryOneTimeCode(phone, knownNetwork);
  const right = digest !== undefined && timingSafeEqual(Buffer.from(digest), Buffer.from(digestOf(phone, code)));
  if (!right || (await consumeOneTimeCode(phone, digest)) !== undefined) throw new Problem('wrong_code');
}
