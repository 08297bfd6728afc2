import { log, setCommonFields } from './log.ts';
import { takeMetrics } from './metrics.ts';
import { settings } from './settings.ts';

/** Identifies an invocation in the log. Whatever it invokes has its own request id and the same correlation id. */
interface Ids {
  /** "POST /groups", "$connect", "deliver". */
  route: string;
  requestId: string;
  correlationId: string;
}

/** What an invocation is about, as far as it is known. */
interface Subject {
  network?: string | undefined;
  userId?: string | undefined;
  chatId?: string | undefined;
}

/** A Lambda instance handles one invocation at a time, so variables will do. */
let ids: Ids | undefined;
let subject: Subject = {};
let startedAt = 0;
let coldStart = true;

/** From now on every log line names this invocation, until the next one begins. */
export function beginInvocation(next: Ids): void {
  ids = next;
  subject = {};
  startedAt = Date.now();
  setCommonFields({ ...next });
}

/** Adds to the line that ends the invocation whose request it is and which chat it is about. */
export function identify(known: Subject): void {
  subject = { ...subject, ...known };
}

/** The id to pass on to whatever this invocation invokes. */
export const correlationId = (): string | undefined => ids?.correlationId;

/**
 * Writes the line that ends each invocation, with the metrics counted meanwhile. A `fault` is our own, not the client's.
 */
export function endInvocation(
  message: 'request' | 'frame' | 'delivery' | 'erasure' | 'push' | 'delete-files' | 'count-reports',
  fields: object,
  fault?: unknown,
): void {
  const line = {
    ...fields,
    ...subject,
    durationMs: Date.now() - startedAt,
    coldStart,
    traceId: settings.traceId(),
    ...takeMetrics(),
  };
  coldStart = false;
  if (fault === undefined) log.info(message, line);
  else log.error(message, { ...line, error: fault });
}
