import * as z from 'zod/mini';
import { log } from '#shared/platform/log.ts';
import { operatorSecret } from '#shared/platform/operator-secret.ts';
import { settings } from '#shared/platform/settings.ts';

const serviceAccount = z.object({ project_id: z.string(), client_email: z.string(), private_key: z.string() });

export type ServiceAccount = z.output<typeof serviceAccount>;

let saidThatMissing = false;

/** The service account that may send pushes. Without one in the secret it returns undefined, and the log says so once. */
export async function readServiceAccount(): Promise<ServiceAccount | undefined> {
  const { fcmServiceAccount } = await operatorSecret('fcmServiceAccount');
  const { data } = z.safeParse(serviceAccount, parsed(fcmServiceAccount));
  if (!data && !saidThatMissing) {
    const secret = settings.operatorSecret();
    log.error('push notifications have no key: put a Firebase service account into fcmServiceAccount', { secret });
  }
  saidThatMissing = !data;
  return data;
}

function parsed(value: unknown): unknown {
  try {
    return typeof value === 'string' ? JSON.parse(value) : value;
  } catch {
    // The error is not logged, because it quotes a part of the key.
    return undefined;
  }
}
