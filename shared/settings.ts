/**
 * Every setting a function may read, and the only place that reads the environment. A module that needs a setting
 * reads it when it is imported, so a function that lacks one fails at its start, by the setting's name.
 */
function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`The environment variable ${name} is not set.`);
  return value;
}

export const settings = {
  /** Name of the DynamoDB table of everything durable. */
  chatTable: () => setting('CHAT_TABLE'),
  /** Name of the DynamoDB table of open WebSocket connections. */
  connectionsTable: () => setting('CONNECTIONS_TABLE'),
  /** URL of the WebSocket API's stage over https: `@connections` is below it. */
  connectionsUrl: () => setting('CONNECTIONS_URL'),
  /** Name of the function that delivers to the rooms that are too large for their sender. */
  deliverFunction: () => setting('DELIVER_FUNCTION'),
  /** Of one message to one large room: how many pages are posted at once. */
  parallelPages: () => Number(setting('PARALLEL_PAGES')),
  /** Of a service's API. */
  awsUrl: (service: string) =>
    process.env.AWS_ENDPOINT_URL ?? `https://${service}.${setting('AWS_REGION')}.amazonaws.com`,
  region: () => setting('AWS_REGION'),
  /** Under which CloudWatch keeps what the functions count. */
  metricsNamespace: () => setting('METRICS_NAMESPACE'),
  /** Of the event in hand, if X-Ray traces it. */
  traceId: () => /Root=([^;]+)/.exec(process.env._X_AMZN_TRACE_ID ?? '')?.[1],
  /** Of the function's role. */
  credentials: () => ({
    accessKeyId: setting('AWS_ACCESS_KEY_ID'),
    secretAccessKey: setting('AWS_SECRET_ACCESS_KEY'),
    sessionToken: process.env.AWS_SESSION_TOKEN,
  }),
  /** ARN of the secret that holds the key that signs tokens. Only functions that log people in may read it. */
  tokenKey: () => setting('TOKEN_KEY'),
  /** Name of the parameter that holds the public keys by which tokens are verified. */
  publicKeys: () => setting('PUBLIC_KEYS'),
  /** Key of the digests of one-time codes. */
  codeKey: () => setting('CODE_KEY'),
  /** What CloudFront sends along in `chat-edge-key`, and nobody else knows. */
  edgeKey: () => setting('EDGE_KEY'),
  /** ISO codes of the countries that codes are sent to: RU,KZ. */
  smsCountries: () => setting('SMS_COUNTRIES').split(','),
  /** Where text messages come from: a phone number, pool or sender id of AWS End User Messaging; without it AWS chooses. */
  smsOrigin: () => process.env.SMS_ORIGIN || undefined,
  /** The numbers that an endpoint's limits name. */
  limit: { monthlyTextMessages: () => Number(setting('SMS_MONTHLY_CAP')) },
  /** ARN of the operator's secret: credentials of services outside AWS. */
  operatorSecret: () => setting('OPERATOR_SECRET'),
  /** ARN of the KMS key of Google's tokens. */
  googleKey: () => setting('GOOGLE_KEY'),
  /** Google's OAuth 2.0 endpoints are below it: /token, /tokeninfo, /revoke. */
  googleOauthUrl: () => setting('GOOGLE_OAUTH_URL'),
  googleMeetUrl: () => setting('GOOGLE_MEET_URL'),
  /** Our own REST API. */
  restUrl: () => setting('REST_URL'),
  /** Of OpenAI, or of any server that speaks its Chat Completions. */
  openaiBaseUrl: () => setting('OPENAI_BASE_URL'),
  openaiModel: () => setting('OPENAI_MODEL'),
  /** Tokens that the assistant may use in a day, for one user and in one chat. */
  assistantBudget: () => ({
    user: Number(setting('ASSISTANT_USER_TOKENS')),
    chat: Number(setting('ASSISTANT_CHAT_TOKENS')),
  }),
};
