import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import * as z from 'zod/mini';
import { AwsError, type Operation, operation } from './operation.ts';

const context = z.record(z.string(), z.string());
const encryptInput = z.object({ KeyId: z.string(), Plaintext: z.string(), EncryptionContext: context });
const decryptInput = z.object({ KeyId: z.string(), CiphertextBlob: z.string(), EncryptionContext: context });

/** KMS on a laptop: every key of the template is the same key, derived from `keySecret`. */
export function kmsOperations(keySecret: string): Record<string, Operation> {
  const key = createHash('sha256').update(keySecret).digest();
  return {
    'TrentService.Encrypt': operation(
      encryptInput,
      ({ KeyId }) => ({ action: 'kms:Encrypt', resource: KeyId }),
      ({ KeyId, Plaintext, EncryptionContext }) => ({
        KeyId,
        CiphertextBlob: encrypt(key, Plaintext, EncryptionContext),
      }),
    ),
    'TrentService.Decrypt': operation(
      decryptInput,
      ({ KeyId }) => ({ action: 'kms:Decrypt', resource: KeyId }),
      ({ KeyId, CiphertextBlob, EncryptionContext }) => ({
        KeyId,
        Plaintext: decrypt(key, CiphertextBlob, EncryptionContext),
      }),
    ),
  };
}

/** AES-256-GCM as in KMS: the encryption context is authenticated with the text. Base64 in and out. */
function encrypt(key: Buffer, plaintext: string, encryptionContext: object): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(JSON.stringify(encryptionContext)));
  const text = Buffer.concat([cipher.update(Buffer.from(plaintext, 'base64')), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), text]).toString('base64');
}

function decrypt(key: Buffer, ciphertext: string, encryptionContext: object): string {
  try {
    const blob = Buffer.from(ciphertext, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', key, blob.subarray(0, 12))
      .setAAD(Buffer.from(JSON.stringify(encryptionContext)))
      .setAuthTag(blob.subarray(12, 28));
    return Buffer.concat([decipher.update(blob.subarray(28)), decipher.final()]).toString('base64');
  } catch {
    throw new AwsError('InvalidCiphertextException', 'The ciphertext does not belong to this key and context.');
  }
}
