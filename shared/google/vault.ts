import * as z from 'zod/mini';
import { callAws } from '#shared/platform/aws/call.ts';
import { settings } from '#shared/platform/settings.ts';

const tokens = z.object({
  accessToken: z.string(),
  /** Milliseconds since the epoch. */
  expiresAt: z.number(),
  /** Only from a server auth code. Without it an access token can't be renewed. */
  refreshToken: z.optional(z.string()),
  /** Google's number of the account, and its address, as far as the token's scopes tell. */
  sub: z.optional(z.string()),
  email: z.optional(z.string()),
});

/** The tokens that Google gave us for a user. */
export type GoogleTokens = z.output<typeof tokens>;

/** Encrypts tokens for storing: only KMS can decrypt them, and only for this user. */
export async function seal(userId: string, given: GoogleTokens): Promise<string> {
  const Plaintext = Buffer.from(JSON.stringify(given)).toString('base64');
  const sealed = await callAws('kms', 'Encrypt', {
    KeyId: settings.googleKey(),
    Plaintext,
    EncryptionContext: { userId },
  });
  return (sealed as { CiphertextBlob: string }).CiphertextBlob;
}

export async function unseal(userId: string, CiphertextBlob: string): Promise<GoogleTokens> {
  const context = { KeyId: settings.googleKey(), EncryptionContext: { userId } };
  const opened = await callAws('kms', 'Decrypt', { ...context, CiphertextBlob });
  const { Plaintext } = opened as { Plaintext: string };
  return z.parse(tokens, JSON.parse(Buffer.from(Plaintext, 'base64').toString()));
}
