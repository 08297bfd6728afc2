import type { NativeAttributeValue, UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { settings } from '#shared/platform/settings.ts';
import type { StoredMessage } from '../chats/messages.ts';
import { keys } from '../keys.ts';
import { updateIf } from '../write.ts';

const table = settings.chatTable();

/** What a change does to a message. Attributes have their own names; `expected` ones are absent if undefined. */
export interface MessageUpdate {
  set?: Record<string, NativeAttributeValue>;
  remove?: string[];
  /** Elements for sets. */
  add?: Record<string, Set<string>>;
  expected?: Record<string, NativeAttributeValue>;
  /** A further condition, in the attributes' own names and with the values of `values`. */
  condition?: string;
  values?: Record<string, NativeAttributeValue>;
}

/** The message after its change, or as it was found when a condition was false; undefined if it is not there. */
export type Updated = { changed: StoredMessage } | { found: StoredMessage | undefined };

/**
 * The update of a message under the number of its change. Never touches a tombstone. Every change counts `version` up, which
 * orders the states of the message.
 */
export function messageUpdate(
  { chatId, seq }: StoredMessage,
  rev: number,
  { set = {}, remove = [], add = {}, expected = {}, condition, values = {} }: MessageUpdate,
): UpdateCommandInput {
  const names: Record<string, string> = {};
  const allValues: Record<string, NativeAttributeValue> = { ':one': 1, ':zero': 0, ':rev': rev, ...values };
  const aliases = new Map<string, string>();
  const name = (attribute: string): string => {
    const alias = aliases.get(attribute) ?? `#a${aliases.size}`;
    aliases.set(attribute, alias);
    names[alias] = attribute;
    return alias;
  };
  const value = (of: NativeAttributeValue): string => {
    const alias = `:v${Object.keys(allValues).length}`;
    allValues[alias] = of;
    return alias;
  };
  const sets = Object.entries(set).map(([attribute, to]) => `, ${name(attribute)} = ${value(to)}`);
  const adds = Object.entries(add).map(([attribute, elements]) => `, ${name(attribute)} ${value(elements)}`);
  const conditions = Object.entries(expected).map(([attribute, is]) =>
    is === undefined ? `attribute_not_exists(${name(attribute)})` : `${name(attribute)} = ${value(is)}`,
  );
  return {
    TableName: table,
    Key: keys.message(chatId, seq),
    UpdateExpression: [
      `ADD version :one${adds.join('')}`,
      `SET rev = :rev, supersededRev = if_not_exists(rev, :zero)${sets.join('')}`,
      ...(remove.length > 0 ? [`REMOVE ${remove.map(name).join()}`] : []),
    ].join(' '),
    ConditionExpression: [
      'attribute_exists(pk) AND attribute_not_exists(deletedAt)',
      ...conditions,
      ...(condition === undefined ? [] : [`(${condition})`]),
    ].join(' AND '),
    ...(aliases.size > 0 && { ExpressionAttributeNames: names }),
    ExpressionAttributeValues: allValues,
  };
}

export async function updateMessage(message: StoredMessage, rev: number, update: MessageUpdate): Promise<Updated> {
  const { refused, item } = await updateIf({ ...messageUpdate(message, rev, update), ReturnValues: 'ALL_NEW' });
  const stored = item as StoredMessage | undefined;
  return refused ? { found: stored } : { changed: stored as StoredMessage };
}
