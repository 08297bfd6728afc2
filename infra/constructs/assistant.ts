import { Construct } from 'constructs';
import type { Config } from '../config.ts';
import type { Grant } from './endpoint-function.ts';

/** The assistant's model and its daily budgets. */
export class Assistant extends Construct {
  private readonly config: Config['assistant'];

  constructor(scope: Construct, id: string, { assistant }: Pick<Config, 'assistant'>) {
    super(scope, id);
    this.config = assistant;
  }

  /** Gives a function the model's URL and name, and the daily budgets of tokens. */
  callModel(): Grant {
    const { baseUrl, model, userTokens, chatTokens, stackTokens } = this.config;
    return {
      environment: {
        OPENAI_BASE_URL: baseUrl,
        OPENAI_MODEL: model,
        ASSISTANT_USER_TOKENS: String(userTokens),
        ASSISTANT_CHAT_TOKENS: String(chatTokens),
        ASSISTANT_STACK_TOKENS: String(stackTokens),
      },
      statements: [],
    };
  }
}
