import * as z from 'zod/mini';
import type { Options } from './arguments.ts';
import { Failure } from './failure.ts';
import { isLocal, reach } from './signed-fetch.ts';
import type { Target } from './target.ts';

const laptop = 'http://localhost:3000';

const localCredentials = z.object({ accessKeyId: z.string(), secretAccessKey: z.string(), region: z.string() });

/** Finds the API that the options name. Throws a `Failure`. */
export async function findTarget({ stage, url: text, region }: Options): Promise<Target> {
  if (stage !== undefined && text !== undefined)
    throw new Failure('misused', '--stage and --url exclude each other: each of them says where to act.');
  const url = stage === undefined ? parseUrl(text ?? laptop) : undefined;
  if (url && isLocal(url)) return onLaptop(url);
  // The SDK takes a moment to load.
  const { findApi, findStage } = await import('./aws.ts');
  return url ? findApi(url, region) : findStage(stage ?? '', region);
}

function parseUrl(text: string): URL {
  const url = URL.parse(text);
  if (url && ['http:', 'https:'].includes(url.protocol)) return url;
  throw new Failure('misused', `"${text}" is not the URL of an API, such as ${laptop}.`);
}

/** The local runner gives its credentials to every program of this machine. */
async function onLaptop(url: URL): Promise<Target> {
  const response = await reach(new URL('/_local/credentials', url));
  const { data } = z.safeParse(localCredentials, response.ok ? await response.json() : undefined);
  if (!data)
    throw new Failure('notAllowed', `${url.origin} gives no credentials. Is it the \`npm start\` of this version?`);
  const { region, ...credentials } = data;
  const where = url.origin === laptop ? '' : ` at ${url.origin}`;
  return { url, signer: { credentials, region }, label: `this laptop${where}` };
}
