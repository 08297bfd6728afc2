import { DynamoDBClient, TransactionConflictException } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** Time out early and retry: DynamoDB normally answers in milliseconds. */
const client = new DynamoDBClient({
  maxAttempts: 4,
  requestHandler: { connectionTimeout: 1000, requestTimeout: 2000, throwOnRequestTimeout: true },
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
