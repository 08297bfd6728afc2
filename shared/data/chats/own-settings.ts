import { settings } from '#shared/platform/settings.ts';
import { keys } from '../keys.ts';
import { exists, updateIf } from '../write.ts';
import type { Membership } from './memberships.ts';

const table = settings.chatTable();

type OwnSettings = Pick<Membership, 'level' | 'mutedUntil' | 'pinned' | 'archived'>;
type Changes = { [Name in keyof OwnSettings]?: OwnSettings[Name] | undefined };

/** Sets what has a value, and removes what is `undefined`. Returns the membership after that. `level` is a reserved word. */
export async function changeOwnSettings(
  userId: string,
  chatId: string,
  changes: Changes,
): Promise<Membership | 'not a participant'> {
  const names = Object.keys(changes) as (keyof OwnSettings)[];
  const set = names.filter((name) => changes[name] !== undefined);
  const removed = names.filter((name) => changes[name] === undefined);
  const { refused, item } = await updateIf({
    TableName: table,
    Key: keys.membership(userId, chatId),
    UpdateExpression: [
      ...(set.length > 0 ? [`SET ${set.map((name) => `#${name} = :${name}`)}`] : []),
      ...(removed.length > 0 ? [`REMOVE ${removed.map((name) => `#${name}`)}`] : []),
    ].join(' '),
    ...exists,
    ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
    ...(set.length > 0 && {
      ExpressionAttributeValues: Object.fromEntries(set.map((name) => [`:${name}`, changes[name]])),
    }),
    ReturnValues: 'ALL_NEW',
  });
  return refused ? 'not a participant' : (item as Membership);
}
