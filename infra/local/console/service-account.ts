import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as z from 'zod/mini';

const serviceAccount = z.object({
  type: z.literal('service_account'),
  project_id: z.string(),
  client_email: z.string(),
  private_key: z.string(),
});

const variable = 'GOOGLE_APPLICATION_CREDENTIALS';
const advice =
  'Create one in the Firebase console: Project settings, Service accounts. Without the variable, a stand-in answers.';

/** The JSON in the file. Throws if it is not a service account with a key. The error quotes nothing of the file. */
export function readServiceAccount(file: string): string {
  let json: string;
  try {
    json = readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(`${variable} is "${file}", which cannot be read (${code}). ${advice}`);
  }
  try {
    createPrivateKey(z.parse(serviceAccount, JSON.parse(json)).private_key);
    return json;
  } catch {
    throw new Error(`${variable} is "${file}", which is not the JSON of a service account. ${advice}`);
  }
}
