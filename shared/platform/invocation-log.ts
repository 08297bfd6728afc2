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

let current: Ids | undefined;
let startedAt = 0;
let coldStart = true;

/** Until the next invocation begins, every log line carries these ids. */
export function beginInvocation(ids: Ids): void {
  current = ids;
  startedAt = Date.now();
  setCommonFields({ ...ids });
}

/** The id to pass on to whatever this invocation invokes. */
export const correlationId = (): string | undefined => current?.correlationId;

/** Writes the last line of an invocation, with the metrics counted since it began. A `fault` is our error, not the client's. */
export function endInvocation(message: 'request' | 'frame' | 'delivery', fields: object, fault?: unknown): void {
  const line = {
    ...fields,
    durationMs: Date.now() - startedAt,
    coldStart,
    traceId: settings.traceId(),
    ...takeMetrics(),
  };
  coldStart = false;
  if (fault === undefined) log.info(message, line);
  else log.error(message, { ...line, error: fault });
}
