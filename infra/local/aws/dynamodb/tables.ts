import {
  CreateTableCommand,
  DynamoDBClient,
  ResourceInUseException,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { region } from '../cloudformation/arns.ts';
import type { Template } from '../cloudformation/template.ts';

/**
 * How an SDK client reaches the database. DynamoDB Local keeps separate tables for each access key: a user name in the URL,
 * as in http://mine@127.0.0.1:8000, chooses others than those without one.
 */
export function localAccess(endpoint: string) {
  const { origin, username } = new URL(endpoint);
  return {
    endpoint: origin,
    region,
    credentials: { accessKeyId: username || 'local', secretAccessKey: 'local' },
  };
}

/** Creates the tables of the template that do not exist yet. Returns whether there were any. */
export async function createTables(endpoint: string, template: Template): Promise<boolean> {
  let created = false;
  const client = new DynamoDBClient(localAccess(endpoint));
  for (const { name, attributes, keys, ttl } of template.tables()) {
    const table = {
      TableName: name,
      AttributeDefinitions: attributes,
      KeySchema: keys,
      BillingMode: 'PAY_PER_REQUEST',
    } as const;
    try {
      await client.send(new CreateTableCommand(table));
      created = true;
      if (ttl) await client.send(new UpdateTimeToLiveCommand({ TableName: name, TimeToLiveSpecification: ttl }));
    } catch (error) {
      if (error instanceof ResourceInUseException) continue;
      const reason = error instanceof Error ? error.message : error;
      throw new Error(`The tables could not be created in the DynamoDB at ${endpoint}: ${reason}`);
    }
  }
  client.destroy();
  return created;
}
