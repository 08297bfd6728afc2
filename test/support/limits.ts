import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { keys } from '#shared/data/keys.ts';
import { db } from '#shared/data/table.ts';

/** As if a minute had passed since the phone asked for a code: it may ask again. */
export async function forgetLastMinute(phone: string): Promise<void> {
  const Key = keys.limit('auth/send-code:phone:60', phone);
  await db.send(new DeleteCommand({ TableName: process.env.CHAT_TABLE, Key }));
}
