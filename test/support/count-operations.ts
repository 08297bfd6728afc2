import type { BatchGetCommandInput, BatchGetCommandOutput } from '@aws-sdk/lib-dynamodb';
import { db } from '#shared/data/client.ts';

interface Operation {
  name: string;
  /** 1 for one that began before any other had ended; otherwise one more than the latest of those that had. */
  trip: number;
}

/** A read of the operator's switches, which a warm function makes every 30 seconds whatever it is doing. */
const isOfEveryAction = (input: object): boolean =>
  'TableName' in input && input.TableName === process.env.CONTROL_TABLE && 'Key' in input;

/** What the action asks of DynamoDB: each operation, and how many of them had to wait for another (round trips). */
export async function countOperations(
  action: () => Promise<unknown>,
): Promise<{ operations: string[]; trips: number }> {
  const operations: Operation[] = [];
  let ended = 0;
  db.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        if (isOfEveryAction(args.input)) return next(args);
        const trip = ended + 1;
        operations.push({ name: String(commandName).replace('Command', ''), trip });
        try {
          return await next(args);
        } finally {
          ended = Math.max(ended, trip);
        }
      },
    { step: 'initialize', name: 'count' },
  );
  try {
    await action();
  } finally {
    db.middlewareStack.remove('count');
  }
  return { operations: operations.map(({ name }) => name).sort(), trips: ended };
}

/** How many operations the action asks of DynamoDB, and how many capacity units they take, reads and writes together. */
export async function countUnits(action: () => Promise<unknown>): Promise<{ operations: number; units: number }> {
  const counted = { operations: 0, units: 0 };
  db.middlewareStack.add(
    (next) => async (args) => {
      if (isOfEveryAction(args.input)) return next(args);
      counted.operations++;
      Object.assign(args.input, { ReturnConsumedCapacity: 'TOTAL' });
      const result = await next(args);
      counted.units += unitsOf(result.output);
      return result;
    },
    { step: 'initialize', name: 'units' },
  );
  try {
    await action();
  } finally {
    db.middlewareStack.remove('units');
  }
  return counted;
}

/**
 * What AWS charges for the action. DynamoDB Local counts neither what is missing, nor the second half of a transaction, nor a
 * write whose condition fails. With a table, only its read units are counted, also within another count.
 */
export async function countCharged(
  action: () => Promise<unknown>,
  table?: string,
): Promise<{ reads: number; writes: number }> {
  const charged = { reads: 0, writes: 0 };
  db.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        if (isOfEveryAction(args.input)) return next(args);
        Object.assign(args.input, { ReturnConsumedCapacity: 'TOTAL' });
        const name = String(commandName);
        const result = await next(args).catch((error) => {
          charged.writes++;
          throw error;
        });
        const units = unitsOf(result.output, table);
        if (table && !/Batch/.test(name) && (args.input as { TableName?: string }).TableName !== table) return result;
        if (name === 'TransactWriteItemsCommand') charged.writes += 2 * units;
        else if (name === 'BatchGetItemCommand')
          charged.reads +=
            units + missingOf(args.input as BatchGetCommandInput, result.output as BatchGetCommandOutput, table);
        else if (/Get|Query/.test(name)) charged.reads += Math.max(1, units);
        else charged.writes += units;
        return result;
      },
    { step: 'initialize', name: `charged ${table}` },
  );
  try {
    await action();
  } finally {
    db.middlewareStack.remove(`charged ${table}`);
  }
  return charged;
}

interface Consumed {
  TableName?: string;
  CapacityUnits?: number;
}

const unitsOf = (output: object, table?: string): number =>
  [(output as { ConsumedCapacity?: Consumed | Consumed[] }).ConsumedCapacity ?? []]
    .flat()
    .filter(({ TableName }) => !table || TableName === table)
    .reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);

/** The keys of a batch that have no item. */
function missingOf(input: BatchGetCommandInput, output: BatchGetCommandOutput, table?: string): number {
  const ofTable = <Item>(items: Record<string, Item> = {}): Item[] =>
    Object.entries(items).flatMap(([name, item]) => (!table || name === table ? [item] : []));
  const keys = ofTable(input.RequestItems).reduce((sum, { Keys = [] }) => sum + Keys.length, 0);
  return keys - ofTable(output.Responses).flat().length;
}
