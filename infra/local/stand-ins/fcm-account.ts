import { generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { errors, jwtVerify } from 'jose';

const scope = 'https://www.googleapis.com/auth/firebase.messaging';
/** Always Google's own address, whichever server gets the request. */
const audience = 'https://oauth2.googleapis.com/token';
/** The longest lifetime of an assertion, and how far clocks may be apart. Seconds. */
const [maxLifetime, clockTolerance] = [60 * 60, 60];

/** The service account that the stand-in accepts. */
export interface StandInAccount {
  projectId: string;
  clientEmail: string;
  publicKey: KeyObject;
  /** The JSON file as Google offers it for download. */
  json: string;
}

let account: Promise<StandInAccount> | undefined;

/** One for the whole process, so that runners can share their secrets. */
export function standInAccount(): Promise<StandInAccount> {
  account ??= create();
  return account;
}

async function create(): Promise<StandInAccount> {
  const { publicKey, privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  const projectId = 'local-project';
  const clientEmail = `push@${projectId}.iam.gserviceaccount.com`;
  const json = JSON.stringify({
    type: 'service_account',
    project_id: projectId,
    private_key_id: 'local',
    private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    client_email: clientEmail,
    token_uri: audience,
  });
  return { projectId, clientEmail, publicKey, json };
}

/** Why Google would refuse an assertion of a service account, in its words; undefined if it would not. */
export async function assertionRefusal(
  assertion: string,
  { publicKey, clientEmail }: StandInAccount,
): Promise<{ error: string; error_description: string } | undefined> {
  const refuse = (error_description: string, error = 'invalid_grant') => ({ error, error_description });
  try {
    const expected = { algorithms: ['RS256'], issuer: clientEmail, audience, clockTolerance };
    const required = { requiredClaims: ['iat', 'exp', 'scope'], maxTokenAge: maxLifetime };
    const { payload } = await jwtVerify<{ scope: string }>(assertion, publicKey, { ...expected, ...required });
    const { iat = 0, exp = 0 } = payload;
    if (exp - iat > maxLifetime) return refuse(tooLong);
    if (payload.scope !== scope) return refuse('Invalid OAuth scope or ID token audience provided.', 'invalid_scope');
    return undefined;
  } catch (error) {
    if (error instanceof errors.JWSSignatureVerificationFailed) return refuse('Invalid JWT Signature.');
    if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'iss')
      return refuse('Invalid grant: account not found');
    if (error instanceof errors.JWTExpired) return refuse(tooLong);
    return refuse(`Invalid JWT: ${error instanceof Error ? error.message : error}`);
  }
}

const tooLong =
  'Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values in the JWT claim.';
