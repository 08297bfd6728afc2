type Fields = Record<string, unknown>;

/** What all lines say of the event in hand. An environment of Lambda handles one at a time, so a variable will do. */
let common: Fields = {};

export function setCommonFields(fields: Fields): void {
  common = fields;
}

/** One JSON object a line on stdout: CloudWatch Logs Insights finds its fields by name. */
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

/** Name, message and stack, down the chain of causes. Other properties may hold a request, so they stay out. */
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
