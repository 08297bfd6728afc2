import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { FileType } from '#shared/contract/files/types.ts';
import { settings } from '#shared/platform/settings.ts';
import { db } from './client.ts';
import { keys } from './keys.ts';
import { getItems } from './table.ts';
import { nowInSeconds, type Write } from './write.ts';

/** Files between their announcement and their use. A message or a profile that uses one holds everything about it itself. */

const table = settings.chatTable();

/** What is known of a file that a message has. */
export interface FileInfo {
  id: string;
  name: string;
  mimeType: FileType;
  size: number;
  width?: number | undefined;
  height?: number | undefined;
  durationMs?: number | undefined;
  blurhash?: string | undefined;
  waveform?: number[] | undefined;
  /** Whether there is a thumbnail; before the use, how many bytes it was announced with. */
  thumbnailSize?: number | undefined;
}

export interface StoredFile extends FileInfo {
  userId: string;
  purpose: 'message' | 'avatar' | 'picture';
  /** True once something uses it. */
  isUsed?: boolean;
  /** Seconds since the epoch. */
  expiresAt: number;
}

/** How long a file can be uploaded and used, seconds. The bucket keeps uploads at least as long. */
export const fileSeconds = 24 * 60 * 60;

export async function storeFile(file: Omit<StoredFile, 'expiresAt'>): Promise<void> {
  const expiresAt = nowInSeconds() + fileSeconds;
  await db.send(new PutCommand({ TableName: table, Item: { ...keys.file(file.userId, file.id), ...file, expiresAt } }));
}

/** Those of the user's files that have not expired. DynamoDB may take days to delete the others. */
export async function getFiles(userId: string, ids: string[]): Promise<StoredFile[]> {
  const found = await getItems<StoredFile>(
    table,
    ids.map((id) => keys.file(userId, id)),
  );
  return found.filter(({ expiresAt }) => expiresAt > nowInSeconds());
}

/** Uses a file up. The condition fails if something else has used it. */
export const fileUse = ({ userId, id }: Pick<StoredFile, 'userId' | 'id'>): Write => ({
  Update: {
    TableName: table,
    Key: keys.file(userId, id),
    UpdateExpression: 'SET isUsed = :true',
    ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(isUsed)',
    ExpressionAttributeValues: { ':true': true },
  },
});
