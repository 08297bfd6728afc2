import * as z from 'zod/mini';
import { log } from '#shared/platform/log.ts';
import { operatorSecret } from '#shared/platform/operator-secret.ts';
import { settings } from '#shared/platform/settings.ts';

const serviceAccount = z.object({ project_id: z.string(), client_email: z.string(), private_key: z.string() });

export type ServiceAccount = z.output<typeof serviceAccount>;

/** The service account that may send pushes. Logs an error and returns undefined if the secret has none. */
export async function readServiceAccount(): Promise<ServiceAccount | undefined> {
  const { fcmServiceAccount } = await operatorSecret('fcmServiceAccount');
  const { data } = z.safeParse(serviceAccount, parsed(fcmServiceAccount));
  if (!data)
    log.error(
      'push notifications have no key: put the JSON of a Firebase service account into fcmServiceAccount of the secret',
      {
        secret: settings.operatorSecret(),
      },
    );
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
