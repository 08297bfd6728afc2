import { DynamoDBClient, TransactionConflictException } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { exchange, type HttpRequest } from '#shared/platform/aws/request.ts';
import { sign } from '#shared/platform/aws/sign.ts';

/** DynamoDB normally answers in milliseconds: time out early, and have the SDK retry. */
const limits = { connectTimeoutMs: 1000, timeoutMs: 2000 };

/** With the SDK's own signer and transport a get takes much more CPU: "CPU of a DynamoDB call" in docs/performance.md. */
const client = new DynamoDBClient({
  maxAttempts: 4,
  // `signingDate` is corrected by the SDK when the service says that this clock is wrong.
  signer: {
    sign: async (request, { signingDate = Date.now() } = {}) => ({
      ...request,
      headers: sign({ ...request, service: 'dynamodb' }, new Date(signingDate)),
    }),
  },
  requestHandler: { handle: async (request: HttpRequest) => ({ response: await exchange(request, limits) }) },
});

/** Has the SDK retry a write that was refused because of a transaction on the same item. */
client.middlewareStack.add(
  (next) => async (args) => {
    try {
      return await next(args);
    } catch (error) {
      if (error instanceof TransactionConflictException) Object.assign(error, { $retryable: {} });
      throw error;
    }
  },
  { step: 'deserialize', priority: 'high', name: 'retryConflicts' },
);

/** The only DynamoDB client of a function. */
export const db = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
