import {
  ApiGatewayManagementApiClient,
  GoneException,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';

/**
 * A message handler as AWS's well-known sample of a WebSocket chat is written: nothing is stored, every message reads the
 * whole table of connections, and the SDK's client posts to each. Only the read of further pages is added, without which
 * it would not reach everybody.
 */
export function scanHandler(table: string, endpoint: string): (text: string) => Promise<void> {
  const db = DynamoDBDocumentClient.from(new DynamoDBClient());
  const connections = new ApiGatewayManagementApiClient({ endpoint });
  return async (text) => {
    const ids: string[] = [];
    let next: Record<string, unknown> | undefined;
    do {
      const page = await db.send(
        new ScanCommand({ TableName: table, ProjectionExpression: 'pk, sk', ...(next && { ExclusiveStartKey: next }) }),
      );
      for (const { sk } of page.Items ?? []) if (String(sk).startsWith('CONN#')) ids.push(String(sk).slice(5));
      next = page.LastEvaluatedKey;
    } while (next);
    await Promise.all(
      ids.map(async (ConnectionId) => {
        try {
          await connections.send(new PostToConnectionCommand({ ConnectionId, Data: Buffer.from(text) }));
        } catch (error) {
          if (!(error instanceof GoneException)) throw error;
          await db.send(
            new DeleteCommand({ TableName: table, Key: { pk: 'CHAT#sample', sk: `CONN#${ConnectionId}` } }),
          );
        }
      }),
    );
  };
}
