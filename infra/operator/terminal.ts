import { createInterface } from 'node:readline';

/** Where a command writes and whom it can ask. */
export interface Terminal {
  /** Writes a line of the result. */
  out: (line: string) => void;
  /** Writes a line about the progress, or an error. */
  err: (line: string) => void;
  /** The columns of a person's terminal; undefined for a file or another program, which get whole lines. */
  width: number | undefined;
  /** Asks the person; undefined without one. */
  ask: ((question: string) => Promise<string>) | undefined;
}

/** The terminal of this process. Questions go to stderr, so that the result can be redirected. */
export function ownTerminal(): Terminal {
  const { stdin, stdout, stderr } = process;
  // Ends quietly when the reader of a pipe has gone, as `head` does.
  stdout.on('error', () => process.exit());
  return {
    out: (line) => void stdout.write(`${line}\n`),
    err: (line) => void stderr.write(`${line}\n`),
    width: stdout.isTTY ? stdout.columns : undefined,
    ask: stdin.isTTY && stderr.isTTY ? ask : undefined,
  };
}

/** Ctrl-D answers with nothing, Ctrl-C ends the process. */
function ask(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  lines.once('SIGINT', () => process.exit(130));
  return new Promise((resolve) => {
    lines.once('close', () => resolve(''));
    lines.question(question, (answer) => {
      resolve(answer);
      lines.close();
    });
  });
}
