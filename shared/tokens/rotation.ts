import { setTimeout as sleep } from 'node:timers/promises';
import { callAws } from '../aws-json.ts';
import { lifetime, rereadAfter } from './form.ts';
import { readPublicKeys, writePublicKeys } from './public-keys.ts';
import { makePrivateKey, memory, type PrivateKey, publicPart, readPrivateKey } from './signing-key.ts';

/** What Secrets Manager invokes a rotation function with, once for each step. It is one rotation at a time. */
export interface RotationEvent {
  Step: 'createSecret' | 'setSecret' | 'testSecret' | 'finishSecret';
  SecretId: string;
  /** The version that is being made. */
  ClientRequestToken: string;
}

/** Each may be done again, for Secrets Manager repeats a rotation that failed with the same token. */
export const rotationSteps: Record<RotationEvent['Step'], (event: RotationEvent) => Promise<void>> = {
  /** Makes the new key. */
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

  /** Publishes its public part, before anything is signed with it. */
  async setSecret(event) {
    const key = publicPart(await neededKey(event));
    const keys = await readPublicKeys();
    if (keys.some(({ kid }) => kid === key.kid)) return;
    await writePublicKeys([...keys, key]);
    // Who read the keys just now would not read them again for a token of this one. Of a first key nobody has read.
    if (keys.length > 0) await sleep(rereadAfter + 1000);
  },

  async testSecret(event) {
    const { kid } = await neededKey(event);
    if (!(await readPublicKeys()).some((key) => key.kid === kid)) throw new Error(`The key ${kid} is not published.`);
  },

  /** Has tokens signed with it from now on; the others verify until their last token has expired. */
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
    const now = Math.floor(Date.now() / 1000);
    // The functions sign with the old one while they remember it.
    const exp = now + lifetime.refresh + memory / 1000;
    const keys = (await readPublicKeys()).filter((key) => !(key.exp && key.exp < now));
    await writePublicKeys(keys.map((key) => (key.kid === kid ? key : { exp, ...key })));
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
