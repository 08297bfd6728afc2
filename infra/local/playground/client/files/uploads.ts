import type { Outbox, Outgoing, Refusal } from '../realtime/outbox.ts';
import { passing } from '../realtime/sender.ts';
import { jittered, type Timer, times } from '../realtime/times.ts';
import type { Api } from '../rest/api.ts';
import { ApiProblem, NoAnswer } from '../rest/api-problem.ts';
import { areLost, areUploaded, type OutgoingFile } from './outgoing-file.ts';
import { upload } from './upload.ts';

/** How often an upload is tried that is refused without a reason. */
const maxFaults = 5;
/** The progress of a file is shown in so many steps. */
const steps = 20;

interface UploadsOwner {
  api: Api;
  outbox: Outbox;
  /** All files of the message are there, so that it can be sent. */
  onUploaded(clientId: string): void;
  /** A file of the message can't be uploaded. */
  onRefused(clientId: string, refusal: Refusal): void;
  onChange(): void;
}

/** Uploads the files of the messages in an outbox, those of each message one after the other, however long that takes. */
export class Uploads {
  private readonly owner: UploadsOwner;
  private readonly running = new Set<string>();
  /** Each ends the wait of an upload that has failed. */
  private readonly waiting = new Set<() => void>();
  private stopped = false;

  constructor(owner: UploadsOwner) {
    this.owner = owner;
  }

  /** Call this after each change of the outbox. */
  follow(): void {
    for (const message of this.owner.outbox.all) {
      const { clientId, state, files } = message;
      if (this.stopped || state === 'failed' || this.running.has(clientId)) continue;
      if (areUploaded(files) || areLost(files)) continue;
      this.running.add(clientId);
      void this.run(message);
    }
  }

  /** Call this when the network is back. */
  wake(): void {
    for (const end of [...this.waiting]) end();
  }

  stop(): void {
    this.stopped = true;
    this.wake();
  }

  private async run({ clientId, files = [] }: Outgoing): Promise<void> {
    const { outbox, onUploaded, onRefused } = this.owner;
    const refusal = await this.uploadAll(files, () => this.stopped || !outbox.has(clientId));
    this.running.delete(clientId);
    if (this.stopped || !outbox.has(clientId)) return;
    if (refusal) onRefused(clientId, refusal);
    else onUploaded(clientId);
  }

  /** Returns why a file was refused, if one was. */
  private async uploadAll(files: readonly OutgoingFile[], isOver: () => boolean): Promise<Refusal | undefined> {
    for (const file of files) {
      const refusal = await this.persist(file, isOver);
      if (refusal) return refusal;
    }
    return undefined;
  }

  /** Tries until the file is uploaded or refused, or nobody wants it any more. */
  private async persist(file: OutgoingFile, isOver: () => boolean): Promise<Refusal | undefined> {
    for (let tries = 0; file.fileId === undefined && !isOver(); tries++) {
      const error = await this.upload(file);
      if (error === undefined || isOver()) return undefined;
      if (!mayPass(error, tries)) return refusalOf(error);
      const { retryAfter } = error instanceof ApiProblem ? error : {};
      await this.pause(retryAfter ? retryAfter * 1000 : jittered(times.repeat, tries));
    }
    return undefined;
  }

  /** Returns what went wrong, if anything did. */
  private async upload(file: OutgoingFile): Promise<unknown> {
    const { local, loaded, fileId, ...description } = file;
    if (!local) return new NoAnswer('The file is gone.');
    try {
      file.fileId = await upload(this.owner.api, {
        purpose: 'message',
        description,
        local,
        onProgress: (now) => this.show(file, now),
      });
      return undefined;
    } catch (error) {
      this.show(file, 0);
      return error;
    }
  }

  private show(file: OutgoingFile, loaded: number): void {
    const stepOf = (bytes = 0) => Math.floor((bytes / file.size) * steps);
    const isNews = file.loaded === undefined || stepOf(loaded) !== stepOf(file.loaded);
    file.loaded = loaded;
    if (isNews) this.owner.onChange();
  }

  private pause(waitMs: number): Promise<void> {
    return new Promise((resolve) => {
      let timer: Timer;
      const end = () => {
        clearTimeout(timer);
        this.waiting.delete(end);
        resolve();
      };
      timer = setTimeout(end, waitMs);
      this.waiting.add(end);
    });
  }
}

/** Whether the same upload may succeed later. */
function mayPass(error: unknown, tries: number): boolean {
  if (error instanceof NoAnswer) return true;
  if (!(error instanceof ApiProblem)) return false;
  return passing.includes(error.code) || (error.code === 'internal' && tries + 1 < maxFaults);
}

function refusalOf(error: unknown): Refusal {
  if (!(error instanceof ApiProblem)) return { code: 'file_refused' };
  const { code, fromBackend, message, errors } = error;
  return fromBackend ? { code, message, errors } : { code: 'file_refused' };
}
