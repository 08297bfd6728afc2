import { accessSync, constants, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { writeAtomically } from './write-atomically.ts';

/** Less than this cannot take another page of the database and its journal. Bytes. */
const minRoom = 1024 * 1024;

/** The folders that this process uses. */
const used = new Set<string>();

/** The folder in which `npm start` keeps data between runs. Only one process can use it at a time. */
export class DataFolder {
  private readonly folder: string;
  private readonly lock: string;

  /** Throws if another process uses the folder, and the system's error if a file in it cannot be written. */
  constructor(folder: string) {
    this.folder = folder;
    this.lock = join(folder, 'pid');
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.checkAccess();
    const owner = existsSync(this.lock) ? Number(readFileSync(this.lock, 'utf8')) : 0;
    if (used.has(folder) || (owner && isRunning(owner))) {
      throw new Error(
        `Process ${owner} already uses the data in ${folder}. Stop it, or start another server without data, at another port: PORT=3001 npm start -- --memory (If process ${owner} is something else, delete ${this.lock}.)`,
      );
    }
    writeAtomically(this.lock, String(process.pid));
    used.add(folder);
  }

  /** DynamoDB Local does not say which of its files it cannot write. */
  private checkAccess(): void {
    for (const file of ['', ...readdirSync(this.folder, { recursive: true, encoding: 'utf8' })])
      accessSync(join(this.folder, file), constants.R_OK | constants.W_OK);
  }

  get database(): string {
    return join(this.folder, 'dynamodb');
  }

  get files(): string {
    return join(this.folder, 'files');
  }

  get secrets(): string {
    return join(this.folder, 'secrets.json');
  }

  /** Whether the disk has room for more data. */
  hasRoom(): boolean {
    const { bavail, bsize } = statfsSync(this.folder);
    return bavail * bsize >= minRoom;
  }

  release(): void {
    rmSync(this.lock, { force: true });
    used.delete(this.folder);
  }
}

/**
 * Whether another process has this id. In a container that was killed and restarted, the ids are dealt out as before: the
 * one in the file may be our own or that of the npm that started us.
 */
function isRunning(pid: number): boolean {
  if (pid === process.pid || pid === process.ppid) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // EPERM: the process of another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
