import { db } from '../../shared/data/table.ts';

/** The next operation of this name is throttled, as DynamoDB Local never does; those after it are not. */
export function throttleNext(operation: string): void {
  db.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        if (commandName !== `${operation}Command`) return next(args);
        db.middlewareStack.remove('throttle next');
        throw Object.assign(new Error('slow down'), { name: 'ThrottlingException' });
      },
    { step: 'initialize', name: 'throttle next' },
  );
}
