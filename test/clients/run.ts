import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';

/** Commands of other languages. */

interface Ended {
  succeeded: boolean;
  output: string;
}

/** Runs a command to its end, while the server in this process goes on. */
export async function run(cwd: string, command: string, ...args: string[]): Promise<Ended> {
  const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  const end = new Promise<Ended>((resolve) => {
    child.once('error', ({ message }) => resolve({ succeeded: false, output: message }));
    child.once('close', (code) => resolve({ succeeded: code === 0, output: '' }));
  });
  const [{ succeeded, output }, out, err] = await Promise.all([end, text(child.stdout), text(child.stderr)]);
  return { succeeded, output: output + out + err };
}

export async function mustRun(cwd: string, command: string, ...args: string[]): Promise<void> {
  const { succeeded, output } = await run(cwd, command, ...args);
  if (!succeeded) throw new Error(`In ${cwd}: ${command} ${args.join(' ')} failed.\n${output}`);
}

/** Says what was not checked, so that nobody takes silence for success. */
export function saySkipped(what: string, needs: string, reason: string): void {
  console.log('==================== SKIPPED ====================');
  console.log(what);
  console.log(`${needs} The reason:`);
  console.log(reason.trim());
  console.log('==================== SKIPPED ====================');
}
