import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The folder in which `npm start` keeps data between runs. Only one process can use it at a time. */
export class DataFolder {
  private readonly folder: string;
  private readonly lock: string;

  constructor(folder: string) {
    this.folder = folder;
    this.lock = join(folder, 'pid');
    mkdirSync(folder, { recursive: true });
    const owner = existsSync(this.lock) ? Number(readFileSync(this.lock, 'utf8')) : 0;
    if (owner && isRunning(owner)) {
      throw new Error(
        `Process ${owner} already uses the data in ${folder}. Stop it, or start without data: npm start -- --memory (If process ${owner} is something else, delete ${this.lock}.)`,
      );
    }
    writeFileSync(this.lock, String(process.pid));
  }

  get database(): string {
    return join(this.folder, 'dynamodb');
  }

  get secrets(): string {
    return join(this.folder, 'secrets.json');
  }

  release(): void {
    rmSync(this.lock, { force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
