type Fields = Record<string, unknown>;

/**
 * Our own logger, because Powertools for AWS Lambda would add 33 KB to every bundle, and its formatter writes all properties
 * of an error, which may hold a request with its token: see "Logging" in docs/performance.md.
 */

/** Fields of every line of the current invocation. A variable is enough: a Lambda instance runs one at a time. */
let common: Fields = {};

export function setCommonFields(fields: Fields): void {
  common = fields;
}

/** Writes one JSON object per line to stdout, so that CloudWatch Logs Insights finds the fields by name. */
function write(level: 'info' | 'warn' | 'error', message: string, fields: Fields): void {
  const { error, ...rest } = fields;
  const line = {
    level,
    time: new Date().toISOString(),
    message,
    ...rest,
    ...common,
    ...(error === undefined ? {} : { error: describe(error) }),
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** Name, message and stack of an error and its causes. Other properties are left out, because they may hold a request. */
function describe(error: unknown): unknown {
  if (!(error instanceof Error)) return String(error);
  const { name, message, stack, cause } = error;
  return { name, message, stack, ...(cause === undefined ? {} : { cause: describe(cause) }) };
}

export const log = {
  info: (message: string, fields: Fields = {}) => write('info', message, fields),
  warn: (message: string, fields: Fields = {}) => write('warn', message, fields),
  error: (message: string, fields: Fields = {}) => write('error', message, fields),
};
