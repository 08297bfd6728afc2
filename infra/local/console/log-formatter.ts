import { styleText } from 'node:util';

/** The fields of a log line that are shown. The others are for CloudWatch. */
interface Line {
  level: string;
  time: string;
  message: string;
  route?: string;
  status?: number;
  code?: string;
  durationMs?: number;
  userId?: string;
  chatId?: string;
  error?: unknown;
}

/**
 * Makes the functions' log lines readable: one short line for each request, frame and delivery. Other text stays as it is.
 * Before `since` (milliseconds since the epoch), only warnings and errors are shown.
 */
export function formatLog(text: string, since = 0): string {
  return text
    .split('\n')
    .flatMap((line) => (line.startsWith('{"level":') ? shorten(JSON.parse(line), since) : [line]))
    .join('\n');
}

function shorten(line: Line, since: number): string[] {
  const { level, time, message, durationMs, error } = line;
  if (level === 'info' && Date.parse(time) < since) return [];
  const text = durationMs === undefined ? `${message} ${detailsOf(line)}`.trim() : invocationOf(line);
  return [styleText(colors[level] ?? 'dim', text), ...(error === undefined ? [] : [stackOf(error)])];
}

const colors: Record<string, 'yellow' | 'red'> = { warn: 'yellow', error: 'red' };

/** The end of an id, which is enough to tell people and chats apart. */
const brief = (id: string | undefined) => id?.slice(-8);

function invocationOf({ route, status, code, durationMs, userId, chatId }: Line): string {
  const parts = [route, status, code, `${durationMs} ms`, userId && `user ${brief(userId)}`];
  return [...parts, chatId && `chat ${brief(chatId)}`].filter(Boolean).join('  ');
}

const common = new Set(['level', 'time', 'message', 'route', 'requestId', 'correlationId', 'error']);

function detailsOf(line: Line): string {
  const details = Object.entries(line).filter(([name]) => !common.has(name));
  return details.length > 0 ? JSON.stringify(Object.fromEntries(details)) : '';
}

function stackOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error);
  const { stack, cause }: { stack?: string; cause?: unknown } = error;
  return cause === undefined ? String(stack) : `${stack}\nCaused by ${stackOf(cause)}`;
}
