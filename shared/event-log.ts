import { log, setCommonFields } from './log.ts';
import { takeMetrics } from './metrics.ts';
import { settings } from './settings.ts';

/** What an event is found by. What comes of it elsewhere has a request id of its own, and the same correlation id. */
interface Ids {
  /** "POST /groups", "$connect", "deliver". */
  route: string;
  requestId: string;
  correlationId: string;
}

let current: Ids | undefined;
let startedAt = 0;
let coldStart = true;

/** From here on every line names the event, until the next one begins. */
export function beginEvent(ids: Ids): void {
  current = ids;
  startedAt = Date.now();
  setCommonFields({ ...ids });
}

/** To hand on with what goes on elsewhere. */
export const correlationId = (): string | undefined => current?.correlationId;

/** The one line that each event ends with, and what was counted on the way. A `fault` is ours, not the client's. */
export function endEvent(message: 'request' | 'frame' | 'delivery', fields: object, fault?: unknown): void {
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
