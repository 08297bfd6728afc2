import type { App } from 'aws-cdk-lib';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';

/** Requests a second, and how many may come at once. */
export interface Throttle {
  rateLimit: number;
  burstLimit: number;
}

/** What an operator may set: the stage with `-c stage=dev` or under "context" in cdk.json, the rest below. */
export interface Config {
  /** Names the stack (`chat-{stage}`), so that several can live in one account. Default "prod". */
  stage: string;
  /** Of each of the two APIs. An account has 10,000 and 5,000 for everything in a region. */
  throttle: Throttle;
  /** Of each endpoint that hashes a password: that takes a core for 60 ms. */
  passwordThrottle: Throttle;
  textMessages: {
    /** ISO codes of the countries that codes are sent to: each more is one more that fraud can earn in. */
    countries: string[];
    /** Text messages in 30 days, of everybody together. When it is reached, nobody gets a code. */
    monthlyCap: number;
    /** ARN of the phone number, pool or sender id that they come from; without it AWS takes a number of the account. */
    origin?: string;
  };
  assistant: {
    /** Of OpenAI, or of any server that speaks its Chat Completions. */
    baseUrl: string;
    model: string;
    /** Tokens in a day, question and answer together, that one user and one chat may use. */
    userTokens: number;
    chatTokens: number;
  };
  logRetention: RetentionDays;
}

export function readConfig(app: App): Config {
  const stage: unknown = app.node.tryGetContext('stage') ?? 'prod';
  if (typeof stage !== 'string' || !/^[a-z][a-z0-9]{0,15}$/.test(stage)) {
    throw new Error(
      `The setting "stage" must be 1 to 16 lower-case letters and digits, like prod or dev; it is ${JSON.stringify(stage)}.`,
    );
  }
  return {
    stage,
    throttle: { rateLimit: 2000, burstLimit: 1000 },
    passwordThrottle: { rateLimit: 50, burstLimit: 100 },
    textMessages: { countries: ['RU', 'BY', 'KZ', 'AM', 'KG', 'UZ'], monthlyCap: 5000 },
    assistant: {
      baseUrl: 'https://api.openai.com/v1',
      model: 'gpt-4.1-mini',
      userTokens: 100_000,
      chatTokens: 300_000,
    },
    logRetention: RetentionDays.ONE_MONTH,
  };
}
