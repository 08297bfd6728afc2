import { SignatureV4 } from '@smithy/signature-v4';
import { Failure } from './failure.ts';
import { Sha256 } from './sha256.ts';

interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

/** Who signs, and for which region. */
export interface Signer {
  credentials: Credentials;
  region: string;
}

/** API Gateway answers after 30 seconds at the latest. */
const timeoutMs = 40_000;

/** Sends a POST that is signed for a service of AWS. Throws a `Failure` if nothing answers. */
export async function signedFetch(
  url: URL,
  { headers, body }: { headers: Record<string, string>; body: string },
  { credentials, region }: Signer,
  service: string,
): Promise<Response> {
  const { protocol, hostname, host, pathname: path } = url;
  const signer = new SignatureV4({ service, region, credentials, sha256: Sha256 });
  const request = { method: 'POST', protocol, hostname, path, query: {}, headers: { ...headers, host }, body };
  const { host: _, ...signed } = (await signer.sign(request)).headers;
  return reach(url, { method: 'POST', headers: signed, body });
}

/** `fetch` for this command: without redirects, and with a `Failure` if nothing answers. */
export async function reach(url: URL, init: RequestInit = {}): Promise<Response> {
  try {
    return await fetch(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(timeoutMs) });
  } catch (error) {
    const { cause = error } = error as Error;
    const hint = isLocal(url) ? ' Is `npm start` running?' : '';
    const reason = cause instanceof Error ? cause.message || (cause as NodeJS.ErrnoException).code : cause;
    throw new Failure('unreachable', `Nothing answers at ${url.origin}: ${reason}.${hint}`);
  }
}

export const isLocal = ({ hostname }: URL): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
