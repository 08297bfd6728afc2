import { db } from '#shared/data/client.ts';

interface Operation {
  name: string;
  /** 1 for one that began before any other had ended; otherwise one more than the latest of those that had. */
  trip: number;
}

/** What the action asks of DynamoDB: each operation, and how many of them had to wait for another (round trips). */
export async function countOperations(
  action: () => Promise<unknown>,
): Promise<{ operations: string[]; trips: number }> {
  const operations: Operation[] = [];
  let ended = 0;
  db.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
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
      counted.operations++;
      Object.assign(args.input, { ReturnConsumedCapacity: 'TOTAL' });
      const result = await next(args);
      const { ConsumedCapacity } = result.output as { ConsumedCapacity?: Consumed | Consumed[] };
      for (const { CapacityUnits = 0 } of [ConsumedCapacity ?? []].flat()) counted.units += CapacityUnits;
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

interface Consumed {
  CapacityUnits?: number;
}
