import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import * as z from 'zod/mini';
import { parameterArn } from '../cloudformation/arns.ts';
import { AwsError, type Operation, operation } from './operation.ts';

const version = z.object({ value: z.string(), stages: z.array(z.string()) });
const content = z.object({
  /** By the secret's id, then by the version's. */
  secrets: z.record(z.string(), z.record(z.string(), version)),
  parameters: z.record(z.string(), z.string()),
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
const getParameter = z.object({ Name: z.string() });
const putParameter = z.object({ Name: z.string(), Value: z.string() });

/** Secrets Manager and the Parameter Store on a laptop: their content, and the operations that the functions call. */
export class Secrets {
  private readonly content: z.output<typeof content> = { secrets: {}, parameters: {} };
  private readonly file: string | undefined;

  /** With a file, everything is kept there, so that tokens stay valid after a restart. */
  constructor(file?: string) {
    this.file = file;
    if (file && existsSync(file)) this.content = z.parse(content, JSON.parse(readFileSync(file, 'utf8')));
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

  /** Gives a secret a new current value, as the operator does. */
  set(id: string, value: string): void {
    const versionId = randomUUID();
    this.versions(id)[versionId] = { value, stages: [] };
    this.moveStage(id, 'AWSCURRENT', versionId);
  }

  /** Gives a parameter the value of the template, unless it already has one. */
  declare(name: string, value: string): void {
    this.content.parameters[name] ??= value;
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
    'AmazonSSM.GetParameter': operation(
      getParameter,
      ({ Name }) => ({ action: 'ssm:GetParameter', resource: parameterArn(Name) }),
      ({ Name }) => ({ Parameter: { Name, Value: this.content.parameters[Name] } }),
    ),
    'AmazonSSM.PutParameter': operation(
      putParameter,
      ({ Name }) => ({ action: 'ssm:PutParameter', resource: parameterArn(Name) }),
      ({ Name, Value }) => {
        this.content.parameters[Name] = Value;
        this.save();
        return {};
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
    for (const other of Object.values(this.versions(id)))
      other.stages = other.stages.filter((candidate) => candidate !== stage);
    this.versions(id)[versionId]?.stages.push(stage);
    this.save();
  }

  private save(): void {
    if (this.file) writeFileSync(this.file, JSON.stringify(this.content), { mode: 0o600 });
  }
}

/** The permission for an operation on a secret. */
function permissionFor(name: string) {
  return ({ SecretId }: { SecretId: string }) => ({ action: `secretsmanager:${name}`, resource: SecretId });
}
