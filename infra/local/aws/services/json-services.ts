import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Need, Roles } from '../iam/roles.ts';
import type { Secrets } from './secrets.ts';
import type { TextMessages } from './text-messages.ts';

/** Where the functions' SDK clients are sent that have no server of their own on a laptop. */
export const awsServicesPath = '/_local/aws';

// biome-ignore lint/suspicious/noExplicitAny: a service's input has its own shape for each operation
type Input = any;

interface Operation {
  need: (input: Input) => Need;
  run: (input: Input) => object;
}

/** The operations of AWS that the functions use, beside DynamoDB and `@connections`: as much of each as they ask for. */
export class AwsServices {
  private readonly operations: Record<string, Operation>;

  /** KMS's one key is kept among the secrets. */
  constructor(textMessages: TextMessages, secrets: Secrets) {
    const key = createHash('sha256').update(secrets.valueOf('kms')).digest();
    this.operations = {
      'PinpointSMSVoiceV2.SendTextMessage': textMessages.sending,
      ...secrets.operations,
      'TrentService.Encrypt': {
        need: ({ KeyId }) => ({ action: 'kms:Encrypt', resource: KeyId }),
        run: ({ KeyId, Plaintext, EncryptionContext }) => ({
          KeyId,
          CiphertextBlob: encrypt(key, Plaintext, EncryptionContext),
        }),
      },
      'TrentService.Decrypt': {
        need: ({ KeyId }) => ({ action: 'kms:Decrypt', resource: KeyId }),
        run: ({ KeyId, CiphertextBlob, EncryptionContext }) => ({
          KeyId,
          Plaintext: decrypt(key, CiphertextBlob, EncryptionContext),
        }),
      },
    };
  }

  async handle(request: IncomingMessage, response: ServerResponse, roles?: Roles): Promise<void> {
    const input = JSON.parse(await text(request));
    const answer = (status: number, body: object) =>
      void response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
    const operation = this.operations[String(request.headers['x-amz-target'])];
    if (!operation) return answer(400, { __type: 'UnknownOperationException' });
    const refusal = roles?.refusal(request.headers.authorization, [operation.need(input)]);
    if (refusal) return answer(400, { __type: 'AccessDeniedException', Message: refusal });
    try {
      answer(200, operation.run(input));
    } catch (error) {
      const { name, message } = error as Error;
      // What fails here and has no name of AWS's is decryption.
      answer(400, { __type: name.endsWith('Exception') ? name : 'InvalidCiphertextException', message });
    }
  }
}

/** AES-256-GCM as KMS does it: the encryption context is authenticated with the text. Base64 in and out. */
function encrypt(key: Buffer, plaintext: string, context: object): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(JSON.stringify(context)));
  const text = Buffer.concat([cipher.update(Buffer.from(plaintext, 'base64')), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), text]).toString('base64');
}

function decrypt(key: Buffer, ciphertext: string, context: object): string {
  const blob = Buffer.from(ciphertext, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', key, blob.subarray(0, 12))
    .setAAD(Buffer.from(JSON.stringify(context)))
    .setAuthTag(blob.subarray(12, 28));
  return Buffer.concat([decipher.update(blob.subarray(28)), decipher.final()]).toString('base64');
}
