import { setTimeout as sleep } from 'node:timers/promises';
import { expireOtherKeys, listPublicKeys, publishKey } from '#shared/data/control/public-keys.ts';
import { callAws } from '#shared/platform/aws/call.ts';
import { lifetime, rereadAfterMs, signingKeyTtlMs } from './claims.ts';
import { makePrivateKey, type PrivateKey, publicPart, readPrivateKey } from './signing-key.ts';

/** The event with which Secrets Manager invokes a rotation function, once per step and for one rotation at a time. */
export interface RotationEvent {
  Step: 'createSecret' | 'setSecret' | 'testSecret' | 'finishSecret';
  SecretId: string;
  /** The id of the new version. */
  ClientRequestToken: string;
}

/** Each step may run twice, because Secrets Manager repeats a failed rotation with the same token. */
export const rotationSteps: Record<RotationEvent['Step'], (event: RotationEvent) => Promise<void>> = {
  async createSecret(event) {
    if (await pendingKey(event)) return;
    const { SecretId, ClientRequestToken } = event;
    const SecretString = JSON.stringify(await makePrivateKey());
    await callAws('secretsmanager', 'PutSecretValue', {
      SecretId,
      ClientRequestToken,
      SecretString,
      VersionStages: ['AWSPENDING'],
    });
  },

  /** Publishes the public part before anything is signed with the key. */
  async setSecret(event) {
    const key = publicPart(await neededKey(event));
    const publishedAt = await publishKey(key);
    const others = (await listPublicKeys()).filter(({ kid }) => kid !== key.kid);
    // A function that has just read the keys won't read them again sooner. Without other keys there is nothing to read.
    if (others.length > 0) await sleep(Math.max(0, publishedAt + rereadAfterMs + 1000 - Date.now()));
  },

  async testSecret(event) {
    const { kid } = await neededKey(event);
    if (!(await listPublicKeys()).some((key) => key.kid === kid)) throw new Error(`The key ${kid} is not published.`);
  },

  /** Has the new key sign from now on. The others verify until the last token that they signed has expired. */
  async finishSecret(event) {
    const { SecretId, ClientRequestToken: MoveToVersionId } = event;
    const { kid } = await neededKey(event);
    const current = await currentVersion(SecretId);
    if (current !== MoveToVersionId) {
      await callAws('secretsmanager', 'UpdateSecretVersionStage', {
        SecretId,
        VersionStage: 'AWSCURRENT',
        MoveToVersionId,
        ...(current && { RemoveFromVersionId: current }),
      });
    }
    // Functions go on signing with the old key while it is cached.
    await expireOtherKeys(kid, Math.floor((Date.now() + signingKeyTtlMs) / 1000) + lifetime.refresh);
  },
};

const pendingKey = ({ ClientRequestToken: VersionId }: RotationEvent) =>
  readPrivateKey({ VersionId, VersionStage: 'AWSPENDING' });

async function neededKey(event: RotationEvent): Promise<PrivateKey> {
  const key = await pendingKey(event);
  if (!key) throw new Error(`The secret has no pending version ${event.ClientRequestToken}.`);
  return key;
}

async function currentVersion(SecretId: string): Promise<string | undefined> {
  const answer = await callAws('secretsmanager', 'DescribeSecret', { SecretId });
  const { VersionIdsToStages } = answer as { VersionIdsToStages: Record<string, string[]> };
  return Object.entries(VersionIdsToStages).find(([, stages]) => stages.includes('AWSCURRENT'))?.[0];
}
