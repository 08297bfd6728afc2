import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { db } from '#shared/data/client.ts';
import { keys } from '#shared/data/keys.ts';

/** As if a minute had passed since the phone asked for a code: it may ask again. */
export async function forgetLastMinute(phone: string): Promise<void> {
  const Key = keys.limit('auth/send-code:login:60', phone);
  await db.send(new DeleteCommand({ TableName: process.env.CHAT_TABLE, Key }));
}
