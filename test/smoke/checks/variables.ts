import { randomBytes, randomUUID } from 'node:crypto';
import { randomPassword } from '../client/accounts.ts';
import { NotChecked } from '../run/results.ts';

type Json = Record<string, unknown>;

/** What the tour's steps have taken from answers, for the steps that follow. */
export class Variables {
  private readonly known: Record<string, string> = {
    password: randomPassword(),
    newPassword: randomPassword(),
    // Makes the emails of each run new.
    timestamp: `smoke-${randomBytes(8).toString('hex')}`,
    // No step sends them.
    phone: '',
    code: '',
  };

  get(name: string): string {
    const value = this.known[name];
    if (value === undefined) throw new NotChecked(`an earlier step has failed, so "${name}" is unknown`);
    return value;
  }

  has = (name: string): boolean => name in this.known;

  /** The same JSON with values in place of the words in double braces. */
  fill<T>(json: T): T {
    const filled = JSON.stringify(json ?? null).replace(/\{\{\$?(\w+)\}\}/g, (_, name: string) => this.get(name));
    return JSON.parse(filled) as T;
  }

  /** Takes values from an answer: the path of each in the body. */
  take(answer: unknown, paths: Record<string, string>): void {
    for (const [name, path] of Object.entries(paths)) {
      const value = path.split('.').reduce((json: unknown, key) => (json as Json | undefined)?.[key], answer);
      if (typeof value !== 'string') throw new Error(`The answer has no ${path}.`);
      this.known[name] = value;
    }
  }

  /** For steps whose endpoint checks something else first: ids of nothing. */
  takeNothing(paths: Record<string, string>): void {
    for (const name of Object.keys(paths)) this.known[name] = randomUUID();
  }
}
