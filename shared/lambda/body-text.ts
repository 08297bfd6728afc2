import { isUtf8 } from 'node:buffer';
import { Problem } from '#shared/platform/problem.ts';
import type { RestEvent } from './log-request.ts';

/** The largest request has 4,000 characters of content, escaped at worst to 48,000 bytes. */
const maxBytes = 64 * 1024;

/**
 * The text of a request's body, whatever its type; "" if there is none. Throws `payload_too_large`, `unsupported_media_type`,
 * and `malformed_json` for bytes that are not UTF-8: a client may use another charset without saying so.
 */
export function bodyText(event: RestEvent): string {
  const { body = '', isBase64Encoded } = event;
  const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.length > maxBytes) throw new Problem('payload_too_large');
  if (bytes.length > 0 && isEncoded(event))
    throw new Problem('unsupported_media_type', { headers: { 'accept-encoding': 'identity' } });
  if (!wasUtf8(bytes, event)) throw new Problem('malformed_json', { detail: 'The body has bytes that are not UTF-8.' });
  return bytes.toString();
}

/** Whether the headers say that the body is compressed, or in a charset of which UTF-8 is not a superset. */
function isEncoded({ headers }: RestEvent): boolean {
  const { 'content-encoding': encoding = 'identity', 'content-type': type = '' } = headers;
  const charset = /;\s*charset\s*=\s*["']?([^\s;"']*)/i.exec(type)?.[1] ?? 'utf-8';
  return !/^\s*(identity)?\s*$/i.test(encoding) || !/^(utf-?8|(us-)?ascii)$/i.test(charset);
}

/** API Gateway writes U+FFFD for bytes in text that are not UTF-8, which changes the length; a U+FFFD that was sent does not. */
function wasUtf8(bytes: Buffer, { isBase64Encoded, headers }: RestEvent): boolean {
  if (isBase64Encoded) return isUtf8(bytes);
  const sentBytes = Number(headers['content-length'] ?? bytes.length);
  return sentBytes === bytes.length || !bytes.includes('\ufffd');
}
