import type { Chaos } from '../chaos.ts';

interface InjectedFault {
  type: string;
  message: string;
  more?: object;
}

/** A write of one item is refused while a transaction writes the same item. Reads are not. */
const singleWrites = ['PutItem', 'UpdateItem', 'DeleteItem'];

/** With `--chaos`, the error that DynamoDB answers instead of the result. `items` is the size of a transaction. */
export function injectFault(chaos: Chaos, operation: string, items = 0): InjectedFault | undefined {
  if (chaos.strikes('databaseThrottled', operation))
    return {
      type: 'ProvisionedThroughputExceededException',
      message: 'The level of configured provisioned throughput for the table was exceeded.',
    };
  const isTransaction = operation === 'TransactWriteItems';
  if (!isTransaction && !singleWrites.includes(operation)) return undefined;
  if (!chaos.strikes('writeConflict', operation)) return undefined;
  if (!isTransaction) return { type: 'TransactionConflictException', message: 'Transaction is ongoing for the item' };
  const CancellationReasons = Array.from({ length: items }, (_, n) => ({
    Code: n === 0 ? 'TransactionConflict' : 'None',
  }));
  return {
    type: 'TransactionCanceledException',
    message: `Transaction cancelled: [${CancellationReasons.map(({ Code }) => Code).join(', ')}]`,
    more: { CancellationReasons },
  };
}
