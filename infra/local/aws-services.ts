import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Need, Roles } from './roles.ts';
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

  /** `operatorSecret` is what the secret of that name holds. */
  constructor(textMessages: TextMessages, operatorSecret: object) {
    this.operations = {
      'PinpointSMSVoiceV2.SendTextMessage': textMessages.sending,
      'secretsmanager.GetSecretValue': {
        need: ({ SecretId }) => ({ action: 'secretsmanager:GetSecretValue', resource: SecretId }),
        run: ({ SecretId }) => ({ ARN: SecretId, SecretString: JSON.stringify(operatorSecret) }),
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
    answer(200, operation.run(input));
  }
}
