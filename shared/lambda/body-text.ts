import { isUtf8 } from 'node:buffer';
import { Problem } from '#shared/platform/problem.ts';
import type { RestEvent } from './log-request.ts';

/** The largest request has 4,000 characters of content, escaped at worst to 48,000 bytes. */
const maxBytes = 64 * 1024;
const notUtf8 = 'The body has bytes that are not UTF-8, or a U+FFFD without a Content-Length: write it as \\ufffd.';

/**
 * The text of a request's body, whatever its type; "" if there is none. Throws `payload_too_large`, `unsupported_media_type`,
 * and `malformed_json` for bytes that are not UTF-8: a client may use another charset without saying so.
 */
export function bodyText(event: RestEvent): string {
  const { body = '', isBase64Encoded } = event;
  const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.length > maxBytes) throw new Problem('payload_too_large');
  if (bytes.length > 0 && isEncoded(bytes, event))
    throw new Problem('unsupported_media_type', { headers: { 'accept-encoding': 'identity' } });
  if (!wasUtf8(bytes, event)) throw new Problem('malformed_json', { detail: notUtf8 });
  return bytes.toString();
}

/** The registered content codings, "identity" excepted. Clients also write charsets here, "none" and nothing. */
const compressions = /\b(aes128gcm|br|compress|dcb|dcz|deflate|exi|gzip|zstd)\b/i;
/** What JSON in ASCII consists of: the same bytes in nearly every charset, so its name does not matter. UTF-16 has zeros. */
const ascii = /^[\t\n\r -~]*$/;

/** Whether the headers say that the body is compressed, or in a charset in which it is not the same text as in UTF-8. */
function isEncoded(bytes: Buffer, { headers }: RestEvent): boolean {
  const { 'content-encoding': encoding = '', 'content-type': type = '' } = headers;
  // A header that was sent twice arrives with a comma. Names of UTF-8: utf-8, UTF8, UTF_8, utf8mb4, unicode-1-1-utf-8.
  const charset = /;\s*charset\s*=\s*["']?([^\s;,"']+)/i.exec(type)?.[1] ?? 'utf-8';
  return compressions.test(encoding) || !(/utf[-_]?8|ascii/i.test(charset) || ascii.test(bytes.toString('latin1')));
}

/**
 * Whether all bytes were UTF-8. API Gateway hands on text with U+FFFD for those that were not, which is longer than what was
 * sent, unless a broken character had three bytes (an emoji without its last one): such a character passes as U+FFFD.
 * Without a length, as in a chunked body, a U+FFFD of the client's own cannot be told from API Gateway's.
 */
function wasUtf8(bytes: Buffer, { isBase64Encoded, headers }: RestEvent): boolean {
  if (isBase64Encoded) return isUtf8(bytes);
  return !bytes.includes('\ufffd') || Number(headers['content-length']) === bytes.length;
}
