/** What a developer wants of a line at a glance. The rest is for CloudWatch. */
interface Line {
  level: string;
  message: string;
  route?: string;
  status?: number;
  code?: string;
  durationMs?: number;
  userId?: string;
  chatId?: string;
  error?: unknown;
}

const colors: Record<string, string> = { warn: '\x1b[33m', error: '\x1b[31m' };

/** The functions' log lines for people: one short line for each request, frame and delivery, and what else there is to say. */
export function readable(text: string): string {
  return text
    .split('\n')
    .map((line) => (line.startsWith('{"level":') ? shorten(JSON.parse(line)) : line))
    .join('\n');
}

function shorten(line: Line): string {
  const { level, message, durationMs, error } = line;
  const said = durationMs === undefined ? `${message} ${detailsOf(line)}` : endOf(line);
  return `${colors[level] ?? '\x1b[2m'}${said}\x1b[0m${error === undefined ? '' : `\n${stackOf(error)}`}`;
}

/** Ids by their end, which is enough to tell people and chats apart. */
const brief = (id: string | undefined) => id?.slice(-8);

function endOf({ route, status, code, durationMs, userId, chatId }: Line): string {
  const parts = [route, status, code, `${durationMs} ms`, userId && `user ${brief(userId)}`];
  return [...parts, chatId && `chat ${brief(chatId)}`].filter(Boolean).join('  ');
}

const common = new Set(['level', 'time', 'message', 'route', 'requestId', 'correlationId', 'error']);

const detailsOf = (line: Line) =>
  JSON.stringify(Object.fromEntries(Object.entries(line).filter(([name]) => !common.has(name))));

function stackOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error);
  const { stack, cause }: { stack?: string; cause?: unknown } = error;
  return cause === undefined ? String(stack) : `${stack}\nCaused by ${stackOf(cause)}`;
}
