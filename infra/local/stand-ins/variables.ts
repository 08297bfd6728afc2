import type { FcmOptions, GoogleOptions, OpenaiOptions, RunnerOptions } from '../options.ts';
import { fcmPath } from './fcm.ts';
import { googlePath } from './google.ts';
import { openaiPath } from './openai.ts';

/**
 * The environment variables that point a function at the stand-ins of the runner at `url`, or at the services that the
 * developer has chosen. `declared` has the template's variables.
 */
export function variablesOf(
  { openai, google, fcm }: Pick<RunnerOptions, 'openai' | 'google' | 'fcm'>,
  url: string,
  declared: Record<string, string>,
): Record<string, string> {
  // The function `push` gets its access tokens where it sends them, whichever Google the others use.
  const pushes = declared.FCM_URL !== undefined;
  return { ...openaiVariables(openai, url), ...(pushes ? fcmVariables(fcm, url) : googleVariables(google, url)) };
}

/** The address of the runner's stand-in; for a real assistant what differs from the stage. */
function openaiVariables(openai: OpenaiOptions | undefined, url: string): Record<string, string> {
  if (!openai) return { OPENAI_BASE_URL: url + openaiPath };
  const { baseUrl, model } = openai;
  return { ...(baseUrl && { OPENAI_BASE_URL: baseUrl }), ...(model && { OPENAI_MODEL: model }) };
}

/** The addresses of the runner's stand-in or of another one; none for the real Google, as the functions know those. */
function googleVariables(google: GoogleOptions | undefined, url: string): Record<string, string> {
  // Google's client accepts no path before the Meet API's own.
  if (!google) return { GOOGLE_OAUTH_URL: url + googlePath, GOOGLE_MEET_URL: `${url}/` };
  return google.rootUrl ? { GOOGLE_OAUTH_URL: google.rootUrl, GOOGLE_MEET_URL: `${google.rootUrl}/` } : {};
}

function fcmVariables(fcm: FcmOptions | undefined, url: string): Record<string, string> {
  const root = fcm ? fcm.rootUrl : url + fcmPath;
  return root ? { FCM_URL: root, GOOGLE_OAUTH_URL: root } : {};
}
