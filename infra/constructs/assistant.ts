import { SecretValue, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { Config } from '../config.ts';
import type { Grant } from './endpoint-function.ts';

/** The assistant: which model, how much of it, and the secret `{stack}/operator` that the operator fills with its key. */
export class Assistant extends Construct {
  private readonly config: Config['assistant'];
  private readonly secret: Secret;

  constructor(scope: Construct, id: string, { assistant }: Pick<Config, 'assistant'>) {
    super(scope, id);
    this.config = assistant;
    this.secret = new Secret(this, 'Operator', {
      secretName: `${Stack.of(this).stackName}/operator`,
      description: 'Credentials of services outside AWS, filled in by the operator',
      // Empty, and never written again: CloudFormation sees no change.
      secretObjectValue: { openaiApiKey: SecretValue.unsafePlainText('') },
    });
  }

  /** Lets a function ask the model. */
  asking(): Grant {
    const { baseUrl, model, userTokens, chatTokens } = this.config;
    return {
      environment: {
        OPERATOR_SECRET: this.secret.secretArn,
        OPENAI_BASE_URL: baseUrl,
        OPENAI_MODEL: model,
        ASSISTANT_USER_TOKENS: String(userTokens),
        ASSISTANT_CHAT_TOKENS: String(chatTokens),
      },
      statements: [
        new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [this.secret.secretArn] }),
      ],
    };
  }
}
