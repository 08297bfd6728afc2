import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parameterArn } from '../cloudformation/template.ts';

interface Version {
  value: string;
  stages: string[];
}

interface Content {
  /** By the secret's id, then by the version's. */
  secrets: Record<string, Record<string, Version>>;
  parameters: Record<string, string>;
}

/** Secrets Manager and the Parameter Store on a laptop: what is in them, and the operations that the functions use. */
export class Secrets {
  private readonly content: Content = { secrets: {}, parameters: {} };
  private readonly file: string | undefined;

  /** With a file it is all kept there, so that tokens stay good over a restart. */
  constructor(file?: string) {
    this.file = file;
    if (file && existsSync(file)) this.content = JSON.parse(readFileSync(file, 'utf8'));
  }

  hasValue(id: string): boolean {
    return this.current(id) !== undefined;
  }

  /** The current value of a secret; one that isn't there yet gets a random one, as CloudFormation generates it. */
  valueOf(id: string): string {
    const current = this.current(id);
    if (current) return current.value;
    const value = randomBytes(32).toString('base64url');
    this.set(id, value);
    return value;
  }

  /** Puts a value into a secret, as the operator does. */
  set(id: string, value: string): void {
    this.versions(id)[randomUUID()] = { value, stages: [] };
    this.move(id, 'AWSCURRENT', Object.keys(this.versions(id)).at(-1) as string);
  }

  /** Gives a parameter the value of the template, unless it has one. */
  declare(name: string, value: string): void {
    this.content.parameters[name] ??= value;
  }

  /** By what the SDK calls them: what each needs leave for, and what it does. */
  readonly operations = {
    'secretsmanager.GetSecretValue': this.operation(
      'GetSecretValue',
      ({ SecretId, VersionId, VersionStage = 'AWSCURRENT' }) => {
        const found = Object.entries(this.versions(SecretId)).find(
          ([id, { stages }]) => stages.includes(VersionStage) && (VersionId ?? id) === id,
        );
        if (!found) throw new NotFound(`Secrets Manager can't find the specified secret value: ${VersionStage}`);
        return { ARN: SecretId, VersionId: found[0], SecretString: found[1].value };
      },
    ),
    'secretsmanager.PutSecretValue': this.operation(
      'PutSecretValue',
      ({ SecretId, ClientRequestToken, SecretString, VersionStages }) => {
        this.versions(SecretId)[ClientRequestToken] = { value: SecretString, stages: [] };
        for (const stage of VersionStages) this.move(SecretId, stage, ClientRequestToken);
        return { ARN: SecretId };
      },
    ),
    'secretsmanager.DescribeSecret': this.operation('DescribeSecret', ({ SecretId }) => ({
      ARN: SecretId,
      VersionIdsToStages: Object.fromEntries(
        Object.entries(this.versions(SecretId)).map(([id, { stages }]) => [id, stages]),
      ),
    })),
    'secretsmanager.UpdateSecretVersionStage': this.operation(
      'UpdateSecretVersionStage',
      ({ SecretId, VersionStage, MoveToVersionId }) => {
        this.move(SecretId, VersionStage, MoveToVersionId);
        return { ARN: SecretId };
      },
    ),
    'AmazonSSM.GetParameter': {
      need: ({ Name }: Input) => ({ action: 'ssm:GetParameter', resource: parameterArn(Name) }),
      run: ({ Name }: Input) => ({ Parameter: { Name, Value: this.content.parameters[Name] } }),
    },
    'AmazonSSM.PutParameter': {
      need: ({ Name }: Input) => ({ action: 'ssm:PutParameter', resource: parameterArn(Name) }),
      run: ({ Name, Value }: Input) => {
        this.content.parameters[Name] = Value;
        this.keep();
        return {};
      },
    },
  };

  private operation(name: string, run: (input: Input) => object) {
    const need = ({ SecretId }: Input) => ({ action: `secretsmanager:${name}`, resource: SecretId });
    return { need, run };
  }

  private current(id: string): Version | undefined {
    return Object.values(this.versions(id)).find(({ stages }) => stages.includes('AWSCURRENT'));
  }

  private versions(id: string): Record<string, Version> {
    this.content.secrets[id] ??= {};
    return this.content.secrets[id];
  }

  /** A stage is at one version at a time. */
  private move(id: string, stage: string, versionId: string): void {
    for (const version of Object.values(this.versions(id)))
      version.stages = version.stages.filter((other) => other !== stage);
    this.versions(id)[versionId]?.stages.push(stage);
    this.keep();
  }

  private keep(): void {
    if (this.file) writeFileSync(this.file, JSON.stringify(this.content), { mode: 0o600 });
  }
}

// biome-ignore lint/suspicious/noExplicitAny: each operation has an input of its own shape
type Input = any;

class NotFound extends Error {
  override readonly name = 'ResourceNotFoundException';
}
