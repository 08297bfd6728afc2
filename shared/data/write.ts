import { randomBytes } from 'node:crypto';
import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  type DeleteCommandInput,
  PutCommand,
  type PutCommandInput,
  TransactWriteCommand,
  type TransactWriteCommandInput,
  UpdateCommand,
  type UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { retry } from '#shared/platform/retry.ts';
import { db } from './client.ts';
import { attempts, baseMs, type Item } from './table.ts';

/**
 * Conditional writes. Everywhere in data/ a write that may be refused returns the name of the refusal, and undefined when
 * it is done: the union of a function's refusals is inferred from its writes.
 */

export const isNew = { ConditionExpression: 'attribute_not_exists(pk)' } as const;
export const exists = { ConditionExpression: 'attribute_exists(pk)' } as const;

/** Seconds since the epoch, as `expiresAt` has them for DynamoDB's TTL. */
export const nowInSeconds = (): number => Math.floor(Date.now() / 1000);

/** `item` is what ReturnValues asked for, or, of a refused write, the item that the condition was false for. */
interface Result {
  refused: boolean;
  item: Item | undefined;
}

const returnRefusing = { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } as const;

async function result(sent: Promise<{ Attributes?: Item | undefined }>): Promise<Result> {
  try {
    return { refused: false, item: (await sent).Attributes };
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return { refused: true, item: error.Item && unmarshall(error.Item) };
  }
}

export const putIf = (input: PutCommandInput): Promise<Result> =>
  result(db.send(new PutCommand({ ...returnRefusing, ...input })));

export const updateIf = (input: UpdateCommandInput): Promise<Result> =>
  result(db.send(new UpdateCommand({ ...returnRefusing, ...input })));

/**
 * `updateIf` for what must not be done twice, such as counting: the database client repeats a write whose answer was lost.
 * The update has to end with its SET, and an OR of the condition has to be in parentheses.
 */
export async function updateOnce(input: UpdateCommandInput): Promise<Result> {
  const id = randomBytes(9).toString('base64url');
  const done = await updateIf({
    ...input,
    UpdateExpression: `${input.UpdateExpression}, lastWrite = :write`,
    ConditionExpression: `${input.ConditionExpression} AND (attribute_not_exists(lastWrite) OR lastWrite <> :write)`,
    ExpressionAttributeValues: { ...input.ExpressionAttributeValues, ':write': id },
  });
  return { ...done, refused: done.refused && done.item?.lastWrite !== id };
}

export const deleteIf = (input: DeleteCommandInput): Promise<Result> =>
  result(db.send(new DeleteCommand({ ...returnRefusing, ...input })));

/** A write in a transaction. */
export type Write = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** A write whose condition may fail, and the refusal that this stands for. */
type Refusable<Refusal extends string> = Write & { otherwise?: Refusal };

/**
 * Writes all or nothing. Returns the refusal of the first write whose condition failed, undefined if all were written.
 * Retries a transaction that conflicted with another one or was throttled.
 */
export async function writeTogether<const Refusal extends string = never>(
  writes: readonly Refusable<Refusal>[],
): Promise<Refusal | undefined> {
  const TransactItems = writes.map(({ otherwise: _, ...write }) => write);
  return retry({ attempts, baseMs, shouldRetry: mayPass }, async () => {
    try {
      await db.send(new TransactWriteCommand({ TransactItems }));
      return undefined;
    } catch (error) {
      if (!(error instanceof TransactionCanceledException)) throw error;
      const codes = (error.CancellationReasons ?? []).map((reason) => reason.Code);
      const refused = writes[codes.indexOf('ConditionalCheckFailed')];
      if (refused?.otherwise) return refused.otherwise;
      if (refused) throw new Error('A condition failed that has no name for its refusal.', { cause: error });
      throw asUnavailable(error, codes);
    }
  });
}

/** Reasons of a cancelled transaction that a retry may help against. The SDK retries none of them. */
const passing = new Set(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded']);

const mayPass = (error: unknown): boolean =>
  error instanceof TransactionCanceledException &&
  (error.CancellationReasons ?? []).some(({ Code }) => passing.has(Code ?? ''));

/** Conflicts and throttling that outlast the retries count as unavailable; any other reason is our own fault. */
function asUnavailable(error: Error, codes: (string | undefined)[]): Error {
  const ours = codes.some((code) => code === 'ValidationError' || code === 'ItemCollectionSizeLimitExceeded');
  return ours ? error : Object.assign(error, { name: 'TransactionConflictException' });
}
