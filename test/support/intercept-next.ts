import { db } from '#shared/data/client.ts';

const name = 'intercept next';
const slowDown = () => Object.assign(new Error('slow down'), { name: 'ThrottlingException' });

/** Does something in place of the next operation of this name, which `go` carries out; those after it are as ever. */
export function interceptNext(
  operation: string,
  instead: (input: object, go: () => Promise<object>) => Promise<object>,
): void {
  db.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        if (commandName !== `${operation}Command`) return next(args);
        db.middlewareStack.remove(name);
        return (await instead(args.input, () => next(args))) as Awaited<ReturnType<typeof next>>;
      },
    { step: 'initialize', name },
  );
}

/** Removes the interceptions that were not used, after a test. */
export function interceptNothing(): void {
  db.middlewareStack.remove(name);
}

/** The next operation of this name (on this table) is throttled, as DynamoDB Local never does. */
export function throttleNext(operation: string, table?: string): void {
  interceptNext(operation, async (input, go) => {
    const { TableName } = input as { TableName?: string };
    if (table === undefined || TableName === table) throw slowDown();
    throttleNext(operation, table);
    return go();
  });
}

/** Every operation on a table is throttled while the action runs, beyond what the SDK retries. */
export async function whileThrottled<T>(table: string, action: () => Promise<T>): Promise<T> {
  const all = 'throttle all';
  db.middlewareStack.add(
    (next) => async (args) => {
      if ((args.input as { TableName?: string }).TableName === table) throw slowDown();
      return next(args);
    },
    { step: 'initialize', name: all },
  );
  try {
    return await action();
  } finally {
    db.middlewareStack.remove(all);
  }
}

/** The next batch is done but for what is in a partition, as when that one alone is throttled. */
export function throttlePartition(partition: string): void {
  interceptNext('BatchWriteItem', async (input, go) => {
    const { RequestItems } = input as { RequestItems: Record<string, { DeleteRequest: { Key: { pk: unknown } } }[]> };
    for (const [table, requests] of Object.entries(RequestItems))
      RequestItems[table] = requests.filter(({ DeleteRequest }) => DeleteRequest.Key.pk !== partition);
    await go();
    throw slowDown();
  });
}
