import type { JWK } from 'jose';
import { settings } from '#shared/platform/settings.ts';
import { controlKeys as keys } from '../keys.ts';
import { queryPrefix } from '../table.ts';
import { isNew, nowInSeconds, putIf, updateIf } from '../write.ts';

const table = settings.controlTable();

/** A key that verifies tokens, as a JWK. */
export interface PublicKey extends JWK {
  kid: string;
}

interface StoredKey {
  jwk: PublicKey;
  /** When the last token that the key signed expires, seconds since the epoch; absent while the key signs. */
  expiresAt?: number;
}

/** All keys that verify tokens. */
export async function listPublicKeys(): Promise<PublicKey[]> {
  const stored = await queryPrefix<StoredKey>(table, keys.publicKeys);
  return stored.filter(({ expiresAt = Infinity }) => expiresAt > nowInSeconds()).map(({ jwk }) => jwk);
}

/** Stores a key, unless it is stored already. Returns when it was stored, milliseconds since the epoch. */
export async function publishKey(jwk: PublicKey): Promise<number> {
  const publishedAt = Date.now();
  const { item } = await putIf({ TableName: table, Item: { ...keys.publicKey(jwk.kid), jwk, publishedAt }, ...isNew });
  return item?.publishedAt ?? publishedAt;
}

/** Has every other key expire at this time, seconds since the epoch, unless it expires already. */
export async function expireOtherKeys(kid: string, expiresAt: number): Promise<void> {
  const stored = await queryPrefix<StoredKey>(table, keys.publicKeys);
  const others = stored.filter(({ jwk }) => jwk.kid !== kid);
  const expire = ({ pk, sk }: (typeof others)[number]) =>
    updateIf({
      TableName: table,
      Key: { pk, sk },
      UpdateExpression: 'SET expiresAt = :at',
      ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(expiresAt)',
      ExpressionAttributeValues: { ':at': expiresAt },
    });
  await Promise.all(others.map(expire));
}
