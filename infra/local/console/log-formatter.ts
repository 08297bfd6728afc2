import { styleText } from 'node:util';
import { describeError, printable } from './printable.ts';

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
 * Makes the functions' log lines readable: one short line for each request, frame and delivery. Other lines stay as they
 * are, except for characters that control a terminal. Before `since` (milliseconds since the epoch), only warnings and
 * errors are shown.
 */
export function formatLog(text: string, since = 0): string {
  return text
    .split('\n')
    .flatMap((line) => {
      const parsed = parse(line);
      return parsed ? shorten(parsed, since) : [printable(line)];
    })
    .join('\n');
}

function parse(line: string): Line | undefined {
  if (!line.startsWith('{"level":')) return undefined;
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function shorten(line: Line, since: number): string[] {
  const { level, time, message, durationMs, error } = line;
  if (level === 'info' && Date.parse(time) < since) return [];
  const text = durationMs === undefined ? `${message} ${detailsOf(line)}`.trim() : invocationOf(line);
  const shown = styleText(colors[level] ?? 'dim', `${clock(time)}  ${printable(text)}`);
  return [shown, ...(error === undefined ? [] : [describeError(error)])];
}

const colors: Record<string, 'yellow' | 'red'> = { warn: 'yellow', error: 'red' };

/** The local time of day, as 09:05:07. */
const clock = (time: string) => new Date(time).toLocaleTimeString('en-GB');

/** The end of an id, which is enough to tell people and chats apart. */
const brief = (id: string | undefined) => id?.slice(-8);

function invocationOf({ route, status, code, durationMs, userId, chatId }: Line): string {
  const parts = [route, status, code, `${durationMs} ms`, userId && `user ${brief(userId)}`];
  return [...parts, chatId && `chat ${brief(chatId)}`].filter(Boolean).join('  ');
}

/** `_aws` tells CloudWatch which of the fields are metrics. */
const hidden = new Set(['level', 'time', 'message', 'route', 'requestId', 'correlationId', 'error', '_aws']);

function detailsOf(line: Line): string {
  const details = Object.entries(line).filter(([name]) => !hidden.has(name));
  return details.length > 0 ? JSON.stringify(Object.fromEntries(details)) : '';
}
