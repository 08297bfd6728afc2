import { DecryptCommand, EncryptCommand, KMSClient } from '@aws-sdk/client-kms';
import * as z from 'zod/mini';
import { settings } from '../settings.ts';

const client = new KMSClient({
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1000, requestTimeout: 2000, throwOnRequestTimeout: true },
});

const tokens = z.object({
  accessToken: z.string(),
  /** Milliseconds since the epoch. */
  expiresAt: z.number(),
  /** Of a server auth code; an access token alone can't be renewed. */
  refreshToken: z.optional(z.string()),
});

/** What Google gave us for a user. */
export type GoogleTokens = z.output<typeof tokens>;

/** Tokens as they are stored: only KMS opens them, and only for this user. */
export async function seal(userId: string, given: GoogleTokens): Promise<string> {
  const sealed = await client.send(
    new EncryptCommand({
      KeyId: settings.googleKey(),
      Plaintext: Buffer.from(JSON.stringify(given)),
      EncryptionContext: { userId },
    }),
  );
  return Buffer.from(sealed.CiphertextBlob ?? []).toString('base64');
}

export async function unseal(userId: string, sealed: string): Promise<GoogleTokens> {
  const opened = await client.send(
    new DecryptCommand({
      KeyId: settings.googleKey(),
      CiphertextBlob: Buffer.from(sealed, 'base64'),
      EncryptionContext: { userId },
    }),
  );
  return z.parse(tokens, JSON.parse(Buffer.from(opened.Plaintext ?? []).toString()));
}
