import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

export interface Started {
  child: ChildProcess;
  /** Its exit code, null when a signal ended it. By then `output` is complete. */
  exited: Promise<number | null>;
  output(): string;
  /** Resolves when it has said something like this. */
  says(pattern: RegExp): Promise<RegExpExecArray>;
}

/** Starts a process and listens to it. */
export function startProcess(
  [file = '', ...args]: string[],
  { env = {}, cwd }: { env?: Record<string, string>; cwd?: string } = {},
): Started {
  const child = spawn(file, args, { env: { ...process.env, ...env }, cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  const exited = once(child, 'close').then(([code]) => code as number | null);
  const said: string[] = [];
  const output = () => said.join('');
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => said.push(String(chunk)));
  const says = async (pattern: RegExp) => {
    for (;;) {
      const found = pattern.exec(output());
      if (found) return found;
      const more = once(child.stdout as NodeJS.EventEmitter, 'data').then(() => true);
      if (!(await Promise.race([more, exited.then(() => false)]))) throw new Error(`It ended first:\n${output()}`);
    }
  };
  return { child, exited, output, says };
}
