import { log, setCommonFields } from './log.ts';
import { takeMetrics } from './metrics.ts';
import { settings } from './settings.ts';

/** How to find an event in the log. What it invokes has a request id of its own and the same correlation id. */
interface Ids {
  /** "POST /groups", "$connect", "deliver". */
  route: string;
  requestId: string;
  correlationId: string;
}

let current: Ids | undefined;
let startedAt = 0;
let coldStart = true;

/** From now on every log line names this event, until the next event begins. */
export function beginInvocation(ids: Ids): void {
  current = ids;
  startedAt = Date.now();
  setCommonFields({ ...ids });
}

/** The id to pass on to whatever this event invokes. */
export const correlationId = (): string | undefined => current?.correlationId;

/** Writes the line that ends each event, with the metrics counted meanwhile. A `fault` is ours, not the client's. */
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
