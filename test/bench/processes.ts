import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export interface Server {
  /** http://127.0.0.1:3000 */
  url: string;
  process: ChildProcess;
  stop(): Promise<void>;
}

/** Runs a program of this folder that prints `listening {port}`, in a process of its own. */
export async function startServer(program: string, args: string[] = []): Promise<Server> {
  const file = new URL(program, import.meta.url).pathname;
  const child = spawn(process.execPath, [file, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [line] = await once(createInterface(child.stdout), 'line');
  return {
    url: `http://127.0.0.1:${String(line).split(' ')[1]}`,
    process: child,
    stop: async () => {
      const ended = once(child, 'exit');
      child.kill();
      await ended;
    },
  };
}
