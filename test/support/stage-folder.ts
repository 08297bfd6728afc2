import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder with a cdk.json of this text. `npm start` reads it, instead of what an operator has written into the project's. */
export function folderWith(cdkJson: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'chat-stage-'));
  writeFileSync(join(folder, 'cdk.json'), cdkJson);
  return folder;
}

/** The text of a cdk.json with these settings of the stage dev. */
export const cdkJsonOf = (dev: object = {}): string => JSON.stringify({ context: { stages: { dev } } });
