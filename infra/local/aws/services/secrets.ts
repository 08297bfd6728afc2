import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import * as z from 'zod/mini';
import { writeAtomically } from '../../write-atomically.ts';
import { AwsError, type Operation, operation } from './operation.ts';

const version = z.object({ value: z.string(), stages: z.array(z.string()) });
const content = z.object({
  /** By the secret's id, then by the version's. */
  secrets: z.record(z.string(), z.record(z.string(), version)),
});

const aboutSecret = { SecretId: z.string() };
const getSecretValue = z.object({
  ...aboutSecret,
  VersionId: z.optional(z.string()),
  VersionStage: z.optional(z.string()),
});
const putSecretValue = z.object({
  ...aboutSecret,
  ClientRequestToken: z.string(),
  SecretString: z.string(),
  VersionStages: z.array(z.string()),
});
const updateVersionStage = z.object({ ...aboutSecret, VersionStage: z.string(), MoveToVersionId: z.string() });

/** Secrets Manager on a laptop: its content, and the operations that the functions call. */
export class Secrets {
  private readonly content: z.output<typeof content> = { secrets: {} };
  private readonly file: string | undefined;

  /** The secrets that are not kept. */
  private readonly unkept = new Set<string>();

  /** A file keeps everything except the operator's values, so that tokens stay valid after a restart. */
  constructor(file?: string) {
    this.file = file;
    if (file && existsSync(file)) this.content = read(file);
  }

  hasValue(id: string): boolean {
    return this.current(id) !== undefined;
  }

  /** The current value of a secret. A secret without one gets a random value, as CloudFormation generates it. */
  valueOf(id: string): string {
    const current = this.current(id);
    if (current) return current.value;
    const value = randomBytes(32).toString('base64url');
    this.set(id, value);
    return value;
  }

  /** Gives a secret a new current value, which is not kept: the operator's settings give it again at each start. */
  setUntilExit(id: string, value: string): void {
    this.unkept.add(id);
    this.set(id, value);
  }

  /** Gives a secret a new current value. */
  set(id: string, value: string): void {
    const versionId = randomUUID();
    this.versions(id)[versionId] = { value, stages: [] };
    this.moveStage(id, 'AWSCURRENT', versionId);
  }

  readonly operations: Record<string, Operation> = {
    'secretsmanager.GetSecretValue': operation(
      getSecretValue,
      permissionFor('GetSecretValue'),
      ({ SecretId, VersionId, VersionStage = 'AWSCURRENT' }) => {
        const found = Object.entries(this.versions(SecretId)).find(
          ([id, { stages }]) => stages.includes(VersionStage) && (VersionId ?? id) === id,
        );
        if (!found) throw new AwsError('ResourceNotFoundException', `The secret has no version ${VersionStage}.`);
        return { ARN: SecretId, VersionId: found[0], SecretString: found[1].value };
      },
    ),
    'secretsmanager.PutSecretValue': operation(
      putSecretValue,
      permissionFor('PutSecretValue'),
      ({ SecretId, ClientRequestToken, SecretString, VersionStages }) => {
        this.versions(SecretId)[ClientRequestToken] = { value: SecretString, stages: [] };
        for (const stage of VersionStages) this.moveStage(SecretId, stage, ClientRequestToken);
        return { ARN: SecretId };
      },
    ),
    'secretsmanager.DescribeSecret': operation(
      z.object(aboutSecret),
      permissionFor('DescribeSecret'),
      ({ SecretId }) => ({
        ARN: SecretId,
        VersionIdsToStages: Object.fromEntries(
          Object.entries(this.versions(SecretId)).map(([id, { stages }]) => [id, stages]),
        ),
      }),
    ),
    'secretsmanager.UpdateSecretVersionStage': operation(
      updateVersionStage,
      permissionFor('UpdateSecretVersionStage'),
      ({ SecretId, VersionStage, MoveToVersionId }) => {
        this.moveStage(SecretId, VersionStage, MoveToVersionId);
        return { ARN: SecretId };
      },
    ),
  };

  private current(id: string): z.output<typeof version> | undefined {
    return Object.values(this.versions(id)).find(({ stages }) => stages.includes('AWSCURRENT'));
  }

  private versions(id: string): Record<string, z.output<typeof version>> {
    this.content.secrets[id] ??= {};
    return this.content.secrets[id];
  }

  /** Only one version of a secret has a given stage at a time. */
  private moveStage(id: string, stage: string, versionId: string): void {
    const versions = this.versions(id);
    for (const other of Object.values(versions)) other.stages = other.stages.filter((candidate) => candidate !== stage);
    versions[versionId]?.stages.push(stage);
    this.save();
  }

  private save(): void {
    for (const versions of Object.values(this.content.secrets)) dropOldVersions(versions);
    if (!this.file) return;
    const kept = Object.entries(this.content.secrets).filter(([id]) => !this.unkept.has(id));
    writeAtomically(this.file, JSON.stringify({ ...this.content, secrets: Object.fromEntries(kept) }));
  }
}

/** Secrets Manager too deletes versions without a stage, a while later. */
function dropOldVersions(versions: Record<string, z.output<typeof version>>): void {
  for (const [id, { stages }] of Object.entries(versions)) if (stages.length === 0) delete versions[id];
}

function read(file: string): z.output<typeof content> {
  try {
    return z.parse(content, JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw new Error(
      `${file} is damaged. Delete it to start with new keys; everyone then logs in and links Google again.`,
      { cause: error },
    );
  }
}

/** The permission for an operation on a secret. */
function permissionFor(name: string) {
  return ({ SecretId }: { SecretId: string }) => ({ action: `secretsmanager:${name}`, resource: SecretId });
}
