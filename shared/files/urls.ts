import { createHmac } from 'node:crypto';
import { settings } from '#shared/platform/settings.ts';

/**
 * URLs of files at the app's own host. A signature covers a chat or a user and a day (UTC), so that a page of messages
 * needs one, and everybody gets the same URLs, which caches can keep. The edge accepts it until the end of the next day
 * (infra/edge/files.js).
 */

const dayMs = 24 * 60 * 60 * 1000;

/** The last signatures, by what they cover. */
const signatures = new Map<string, string>();
const maxSignatures = 1000;

/** The current URL of an object; undefined in a stage without files. */
export function fileUrl(objectKey: string): string | undefined {
  const base = settings.filesUrl();
  if (!base) return undefined;
  const day = Math.floor(Date.now() / dayMs);
  const { key, version } = settings.filesKey();
  const covered = `${objectKey.split('/').slice(0, 2).join('/')}\n${day}`;
  return `${base}/${objectKey}?w=${day}&v=${version}&s=${signatureOf(covered, key)}`;
}

function signatureOf(covered: string, key: string): string {
  const known = signatures.get(covered);
  if (known) return known;
  const signature = createHmac('sha256', key).update(covered).digest('base64url');
  if (signatures.size >= maxSignatures) signatures.clear();
  signatures.set(covered, signature);
  return signature;
}
