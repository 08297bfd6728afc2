import { type Language, languages } from '#shared/contract/languages.ts';

/**
 * Every setting a function may read; nothing else reads the environment. A module reads the settings it needs when it is
 * imported, so that a function without one fails at its start and names the setting. Modules that functions without the
 * setting import too read it when they need it.
 */
function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`The environment variable ${name} is not set.`);
  return value;
}

export const settings = {
  /** Name of the DynamoDB table of durable data. */
  chatTable: () => setting('CHAT_TABLE'),
  /** Name of the DynamoDB table of open WebSocket connections. */
  connectionsTable: () => setting('CONNECTIONS_TABLE'),
  /** Name of the DynamoDB table with the public keys, which functions only read. */
  controlTable: () => setting('CONTROL_TABLE'),
  /** URL of the WebSocket API's stage over https, the base of `@connections`. */
  connectionsUrl: () => setting('CONNECTIONS_URL'),
  /** Name of the function that delivers to rooms too large for the sender's function. */
  deliverFunction: () => setting('DELIVER_FUNCTION'),
  /** Name of the function that takes back the reactions of a deleted account. */
  eraseReactionsFunction: () => setting('ERASE_REACTIONS_FUNCTION'),
  /** URL of the queue for push notifications. Undefined in a stage without them. */
  pushQueue: () => process.env.PUSH_QUEUE || undefined,
  /** Base URL of Firebase Cloud Messaging. */
  fcmUrl: () => setting('FCM_URL'),
  /** Name and URL of the bucket of files. Undefined in a stage without files, as are the next ones. */
  filesBucket: () =>
    process.env.FILES_BUCKET ? { name: process.env.FILES_BUCKET, url: setting('FILES_BUCKET_URL') } : undefined,
  /** URL of the files at the app's own host. */
  filesUrl: () => process.env.FILES_URL || undefined,
  /** Key that signs the URLs of files, and its version. */
  filesKey: () => ({ key: setting('FILES_KEY'), version: setting('FILES_KEY_VERSION') }),
  /** URL of the queue for objects that may not be needed any more. */
  filesQueue: () => process.env.FILES_QUEUE || undefined,
  /** How many bytes a file may have, and the files of a user in a day. */
  fileLimits: () => ({
    image: Number(setting('MAX_IMAGE_BYTES')),
    other: Number(setting('MAX_FILE_BYTES')),
    daily: Number(setting('DAILY_FILE_BYTES')),
  }),
  /** How many pages of a large room's connections are posted to at the same time. */
  parallelPages: () => Number(setting('PARALLEL_PAGES')),
  /** Chats of up to this many participants show who is typing; 0 switches it off. */
  maxTypingParticipants: () => Number(setting('TYPING_MAX_PARTICIPANTS')),
  /** URL of an AWS service's API, in the partition "aws": infra/region.ts rejects the others. */
  awsUrl: (service: string) =>
    process.env.AWS_ENDPOINT_URL ?? `https://${service}.${setting('AWS_REGION')}.amazonaws.com`,
  region: () => setting('AWS_REGION'),
  /** Language of the texts that the server makes. */
  language: (): Language => languages.find((language) => language === setting('STAGE_LANGUAGE')) ?? 'en',
  /** CloudWatch namespace of the functions' metrics. */
  metricsNamespace: () => setting('METRICS_NAMESPACE'),
  /** X-Ray's id of the current invocation, if it is traced. */
  traceId: () => /Root=([^;]+)/.exec(process.env._X_AMZN_TRACE_ID ?? '')?.[1],
  /** Credentials of the function's role. */
  credentials: () => ({
    accessKeyId: setting('AWS_ACCESS_KEY_ID'),
    secretAccessKey: setting('AWS_SECRET_ACCESS_KEY'),
    sessionToken: process.env.AWS_SESSION_TOKEN,
  }),
  /** ARN of the secret with the key that signs tokens. Only functions that issue tokens may read it. */
  tokenKey: () => setting('TOKEN_KEY'),
  /** Key for the digests of one-time codes and of the drafts of messages. */
  codeKey: () => setting('CODE_KEY'),
  /** Whether this stage refuses the most common passwords. */
  refuseCommonPasswords: () => setting('REFUSE_COMMON_PASSWORDS') === 'true',
  /** Secret that CloudFront, and nobody else, sends in the header `chat-edge-key`. Undefined without CloudFront. */
  edgeKey: () => process.env.EDGE_KEY || undefined,
  /** ISO codes of the countries that one-time codes are sent to, such as RU and KZ. */
  smsCountries: () => setting('SMS_COUNTRIES').split(','),
  /** Sender of text messages: a phone number, pool or sender id of AWS End User Messaging. Without it AWS chooses. */
  smsOrigin: () => process.env.SMS_ORIGIN || undefined,
  /** The limits for which the contract gives a name instead of a number. */
  limit: {
    monthlyTextMessages: () => Number(setting('SMS_MONTHLY_CAP')),
    /** Six times the average day of a month that uses its cap: a flood leaves codes for the rest of the month. */
    dailyTextMessages: () => Math.ceil(Number(setting('SMS_MONTHLY_CAP')) / 5),
    hourlyTextMessages: () => Math.ceil(Number(setting('SMS_MONTHLY_CAP')) / 20),
  },
  /** ARN of the operator's secret, with the credentials of services outside AWS. */
  operatorSecret: () => setting('OPERATOR_SECRET'),
  /** ARN of the KMS key that encrypts Google's tokens. */
  googleKey: () => setting('GOOGLE_KEY'),
  /** Base URL of Google's OAuth 2.0 endpoints: /token, /tokeninfo, /revoke. */
  googleOauthUrl: () => setting('GOOGLE_OAUTH_URL'),
  googleMeetUrl: () => setting('GOOGLE_MEET_URL'),
  /** URL of our own REST API. */
  restUrl: () => setting('REST_URL'),
  /** Base URL of OpenAI, or of any server with its Chat Completions API. */
  openaiBaseUrl: () => setting('OPENAI_BASE_URL'),
  openaiModel: () => setting('OPENAI_MODEL'),
  /** How many model tokens the assistant may use in a day: per user, per chat, and all together. */
  assistantBudget: () => ({
    user: Number(setting('ASSISTANT_USER_TOKENS')),
    chat: Number(setting('ASSISTANT_CHAT_TOKENS')),
    stack: Number(setting('ASSISTANT_STACK_TOKENS')),
  }),
};
