/** How the process ends. */
export const exitCodes = { done: 0, refused: 1, misused: 2, notAllowed: 3, unreachable: 4 } as const;

/** Ends the command with a message for the operator. */
export class Failure extends Error {
  readonly exitCode: number;

  constructor(reason: Exclude<keyof typeof exitCodes, 'done'>, message: string) {
    super(message);
    this.exitCode = exitCodes[reason];
  }
}

/** The server's refusal of a command. */
export class Refused extends Failure {
  /** The problem's code, or the status of an answer that has none. */
  readonly code: string;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: string, message: string, retryAfterSeconds?: number) {
    super('refused', message);
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
