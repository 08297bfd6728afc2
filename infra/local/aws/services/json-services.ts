import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody } from '../../http/read-body.ts';
import type { Roles } from '../iam/roles.ts';
import type { Queues } from '../sqs/queues.ts';
import { kmsOperations } from './kms.ts';
import { AwsError, type Operation } from './operation.ts';
import type { Secrets } from './secrets.ts';
import type { TextMessages } from './text-messages.ts';

/** Where the functions send what goes neither to DynamoDB nor to `@connections`. */
export const awsServicesPath = '/_local/aws';

/** The AWS operations that the functions call with AWS's JSON protocol, each as far as they use it. */
export class AwsServices {
  private readonly operations: Map<string, Operation>;

  /** `queues` is needed only if functions use queues. */
  constructor(textMessages: TextMessages, secrets: Secrets, queues?: Pick<Queues, 'operations'>) {
    const kms = kmsOperations(secrets.valueOf('kms'));
    this.operations = new Map(
      Object.entries({ ...textMessages.operations, ...secrets.operations, ...kms, ...queues?.operations }),
    );
  }

  /** Without `roles`, every caller may do everything. */
  async handle(request: IncomingMessage, response: ServerResponse, roles?: Roles): Promise<void> {
    const { method, url, headers } = request;
    const body = await readBody(request);
    const answer = (status: number, output: object) =>
      void response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(output));
    const operation = this.operations.get(String(headers['x-amz-target']));
    if (!operation) return answer(400, { __type: 'UnknownOperationException' });
    try {
      const { permission, run } = operation(JSON.parse(body.toString()));
      const refusal = roles?.refusal({ method, url, headers, body }, [permission]);
      if (refusal) throw new AwsError('AccessDeniedException', refusal);
      answer(200, run());
    } catch (error) {
      const __type = error instanceof AwsError ? error.name : 'ValidationException';
      answer(400, { __type, message: error instanceof Error ? error.message : String(error) });
    }
  }
}
