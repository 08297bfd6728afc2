import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  PutCommand,
  QueryCommand,
  ScanCommand,
  type ScanCommandInput,
  type ScanCommandOutput,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { connectionKeys, keys } from '#shared/data/keys.ts';
import { region } from '../../../infra/local/aws/cloudformation/arns.ts';
import type { Template } from '../../../infra/local/aws/cloudformation/template.ts';
import type { Json } from '../api-client.ts';

const uuids = /[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g;

/** The tables, without faults: what histories prepare there, and what they look at in the end. */
export class HistoryTables {
  readonly names: string[];
  private readonly db: DynamoDBDocumentClient;

  constructor(endpoint: string, template: Template) {
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    this.db = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint, region, credentials }));
    this.names = template.tables().map(({ name }) => name);
  }

  close(): void {
    this.db.destroy();
  }

  named(part: string): string {
    return this.names.find((name) => name.includes(part)) ?? '';
  }

  /** Adds a user with a session. */
  async addUser(id: string, sessionId: string): Promise<void> {
    const TableName = this.named('Chat');
    const createdAt = new Date().toISOString();
    const expiresAt = Math.floor(Date.now() / 1000) + 86_400;
    const session = {
      id: sessionId,
      userId: id,
      createdAt,
      lastUsedAt: createdAt,
      rotation: 0,
      expiresAt,
      generation: 0,
    };
    const user = { ...keys.user(id), id, name: 'Somebody', createdAt, sessionGeneration: 0 };
    await this.db.send(new PutCommand({ TableName, Item: user }));
    await this.db.send(new PutCommand({ TableName, Item: { ...keys.session(id, sessionId), ...session } }));
  }

  /** Has the `deliver` function deliver to a chat. */
  async makeLarge(chatId: string): Promise<void> {
    const expiresAt = Math.floor(Date.now() / 1000) + 86_400;
    const Item = { ...connectionKeys.shards(chatId), shards: 2, expiresAt };
    await this.db.send(new PutCommand({ TableName: this.named('Connections'), Item }));
  }

  /** Adds people to a group whom nobody may add in such numbers. */
  async addCrowd(chatId: string, crowd: { id: string }[]): Promise<void> {
    const userIds = crowd.map(({ id }) => id);
    const TableName = this.named('Chat');
    const joinedAt = new Date().toISOString();
    const join = (userId: string) => {
      const Item = { ...keys.membership(userId, chatId), userId, chatId, role: 'member', joinedAt, readSeq: 0 };
      return this.db.send(new PutCommand({ TableName, Item }));
    };
    await Promise.all(userIds.map(join));
    await this.db.send(
      new UpdateCommand({
        TableName,
        Key: keys.roster(chatId),
        UpdateExpression: 'ADD participantIds :ids',
        ExpressionAttributeValues: { ':ids': new Set(userIds) },
      }),
    );
  }

  /** Makes all entries of the chat's change log a minute older. No function may be at work in this chat. */
  async ageLog(chatId: string): Promise<void> {
    for (const { pk, sk, at } of await this.itemsOfLog(chatId, 'CHG#')) {
      await this.db.send(
        new UpdateCommand({
          TableName: this.named('Chat'),
          Key: { pk, sk },
          UpdateExpression: 'SET #at = :at',
          ExpressionAttributeNames: { '#at': 'at' },
          ExpressionAttributeValues: { ':at': new Date(Date.parse(at) - 61_000).toISOString() },
        }),
      );
    }
  }

  /** The ids of the users who reacted, by "messageId emoji". */
  async reactionsIn(chatId: string): Promise<Map<string, Set<string>>> {
    const users = new Map<string, Set<string>>();
    for (const item of await this.itemsOfLog(chatId, 'MSG#')) {
      for (const [name, own] of Object.entries<Json>(item).filter(([attribute]) => attribute.startsWith('r:'))) {
        for (const emoji of Object.keys(own)) {
          const key = `${chatId}-${item.seq} ${emoji}`;
          users.set(key, (users.get(key) ?? new Set()).add(name.slice(2)));
        }
      }
    }
    return users;
  }

  /** The items of all tables that contain one of these texts, which are UUIDs. */
  async find(texts: Set<string>): Promise<Json[]> {
    const found: Json[] = [];
    const contains = (item: object) =>
      JSON.stringify(item)
        .match(uuids)
        ?.some((text) => texts.has(text));
    for (const TableName of this.names) {
      let next: Pick<ScanCommandInput, 'ExclusiveStartKey'> | undefined = {};
      while (next) {
        const page: ScanCommandOutput = await this.db.send(new ScanCommand({ TableName, ...next }));
        found.push(...(page.Items ?? []).filter(contains));
        next = page.LastEvaluatedKey && { ExclusiveStartKey: page.LastEvaluatedKey };
      }
    }
    return found;
  }

  private async itemsOfLog(chatId: string, prefix: 'MSG#' | 'CHG#'): Promise<Json[]> {
    const { Items = [] } = await this.db.send(
      new QueryCommand({
        TableName: this.named('Chat'),
        KeyConditionExpression: 'pk = :log AND begins_with(sk, :prefix)',
        ExpressionAttributeValues: { ':log': keys.message(chatId, 0).pk, ':prefix': prefix },
        ConsistentRead: true,
      }),
    );
    return Items;
  }
}
