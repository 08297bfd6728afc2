import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import * as z from 'zod';
import { languages } from '#shared/contract/languages.ts';
import { arn, throttle } from './setting-types.ts';

const stageSettings = z.strictObject({
  keepData: z
    .boolean()
    .default(true)
    .describe(
      'Keeps the Chat table, the operator secret and the KMS key of the Google tokens when the stack is deleted, and protects the stack and the table against deletion',
    ),
  keyVersion: z
    .int()
    .positive()
    .default(1)
    .describe(
      'Raise it by one to replace the key that hashes one-time codes and the key by which functions recognise CloudFront: docs/operate.md',
    ),
  restoredTable: z
    .string()
    .regex(/^[a-zA-Z0-9_.-]{3,255}$/, "must be a table's name")
    .optional()
    .describe("Name of a table restored from a backup, used instead of the stack's own Chat table: docs/operate.md"),
  edge: z
    .boolean()
    .default(true)
    .describe(
      "CloudFront in front of both APIs. Set false in an account that may not create distributions yet: the app then uses API Gateway's own URLs, and gets other ones when you set it back: docs/deploy.md",
    ),
  language: z
    .enum(languages)
    .default('en')
    .describe(
      "Language of the texts that the server makes: what has happened in a chat, the assistant's name. One-time codes are in Russian wherever that is usual: docs/deploy.md",
    ),
  domain: z
    .strictObject({
      name: z.hostname().describe('Host name, for example chat.example.com'),
      zone: z
        .strictObject({ id: z.string(), name: z.hostname() })
        .optional()
        .describe(
          'Its Route 53 zone: the stack creates the records in it, and chat-{stage}-edge creates the certificate',
        ),
      certificateArn: arn('acm', 'us-east-1')
        .optional()
        .describe('The output of the stack chat-{stage}-edge, or your own certificate'),
      ownCertificate: z
        .boolean()
        .default(false)
        .describe('Set it if "certificateArn" is your own certificate, so that chat-{stage}-edge creates none'),
    })
    .refine(({ zone, certificateArn }) => zone || certificateArn, 'needs "zone" or "certificateArn"')
    .refine(
      ({ ownCertificate, certificateArn }) => !ownCertificate || certificateArn,
      '"ownCertificate" needs "certificateArn"',
    )
    .refine(({ name, zone }) => !zone || `.${name}`.endsWith(`.${zone.name}`), {
      error: 'must be a name in the zone',
      path: ['name'],
    })
    .optional()
    .describe("Your own host name for the app's URLs, instead of CloudFront's"),
  waf: z
    .strictObject({
      requestsPerAddress: z
        .int()
        .min(10)
        .default(2000)
        .describe('Maximum from one IP address in five minutes. Many users of a mobile network share one address'),
      webAclArn: arn('wafv2', 'us-east-1').optional().describe('The output of the stack chat-{stage}-edge'),
    })
    .optional()
    .describe(
      'AWS WAF in front of CloudFront, from 8 dollars a month. It does not protect the API Gateway hosts behind CloudFront: docs/deploy.md',
    ),
  throttle: throttle(2000, 1000).describe(
    'For each of the two APIs. The quota of an account in a region is 10,000 per second with bursts of 5,000, in a few regions a quarter of that',
  ),
  passwordThrottle: throttle(50, 100).describe('For each endpoint that hashes passwords, which takes a core for 60 ms'),
  refuseCommonPasswords: z
    .boolean()
    .default(true)
    .describe(
      'Refuses the 3,000 most common passwords. The stage dev sets false, so that the examples of an app, with a password such as password123, work',
    ),
  parallelPages: z
    .int()
    .min(1)
    .max(64)
    .default(2)
    .describe(
      "How many pages of up to 1,000 connections get a message at the same time, in chats with more than 250. Each page posts about 2,500 frames per second; API Gateway's quota for the account is 10,000: docs/scale.md",
    ),
  typing: z
    .strictObject({
      maxParticipants: z
        .int()
        .min(0)
        .max(50)
        .default(10)
        .describe('Up to so many participants a chat shows who is writing; 0 for none. A frame to each costs a post'),
    })
    .prefault({}),
  push: z
    .boolean()
    .default(false)
    .describe(
      'Push notifications through Firebase Cloud Messaging. Set it when the operator secret has fcmServiceAccount: docs/deploy.md',
    ),
  files: z
    .strictObject({
      maxImageMb: z.int().min(1).max(100).default(10),
      maxFileMb: z
        .int()
        .min(1)
        .max(100)
        .default(25)
        .describe('All but images. Sending copies the files, so larger ones would make it slow'),
      dailyMb: z.int().min(1).default(200).describe('Maximum that a user may upload in a day'),
    })
    .or(z.literal(false))
    .prefault({})
    .describe(
      'Attached files, avatars and group pictures; a megabyte has 1,000,000 bytes. Set false for none. A stage without CloudFront has none either: docs/deploy.md',
    ),
  concurrency: z
    .strictObject({
      deliver: z.int().positive().default(100),
      assistant: z.int().positive().default(20).describe('Each question waits several seconds for the model'),
      textMessages: z.int().positive().default(5),
    })
    .or(z.literal(false))
    .prefault({})
    .describe(
      'Reserved concurrency of costly functions, which also limits them. Set false in an account whose limit is below 250, as in a new one',
    ),
  textMessages: z
    .strictObject({
      countries: z
        .array(z.string().regex(/^[A-Z]{2}$/, 'must be an ISO code such as "KZ"'))
        .min(1)
        .default(['RU', 'BY', 'KZ', 'AM', 'KG', 'UZ'])
        .describe('Countries that codes are sent to. Every country added widens the exposure to SMS fraud'),
      monthlyCap: z
        .int()
        .min(0)
        .default(5000)
        .describe('Maximum number of codes in 30 days, for all users together. When it is reached, nobody gets a code'),
      origin: arn('sms-voice')
        .optional()
        .describe(
          'Phone number, pool or sender ID to send from. Without it, codes are sent from a phone number of the account',
        ),
    })
    .prefault({}),
  assistant: z
    .strictObject({
      baseUrl: z
        .url()
        .default('https://api.openai.com/v1')
        .describe('Base URL of any server with the Chat Completions API'),
      model: z.string().min(1).default('gpt-4.1-mini'),
      userTokens: z.int().min(0).default(100_000).describe('Maximum per user and day, questions and answers together'),
      chatTokens: z.int().min(0).default(300_000).describe('Maximum per chat and day, questions and answers together'),
      stackTokens: z
        .int()
        .min(0)
        .default(6_000_000)
        .describe('Maximum per day for all users together. When it is reached, the assistant answers nobody'),
    })
    .prefault({}),
  googleClientId: z
    .string()
    .default('')
    .describe('Shown in the stack output FlutterRun, the command that starts the app'),
  alarmEmail: z.email().optional().describe('Receives the alarms, after confirming one email from AWS'),
  healthCheck: z
    .strictObject({
      host: z
        .hostname()
        .optional()
        .describe('By default the name in "domain". Without a domain, the host of the output ApiBaseUrl'),
    })
    .optional()
    .describe(
      "A check of /health from outside AWS's region, every 30 seconds from three continents, with an alarm. The stack chat-{stage}-edge creates it, for about 4 dollars a month: docs/costs.md",
    ),
  tracing: z
    .boolean()
    .default(false)
    .describe('X-Ray traces of requests, which add up to 40% to the costs: docs/costs.md'),
  logDays: z
    .literal([1, 3, 5, 7, 14, 30, 60, 90, 180, 365])
    .default(RetentionDays.ONE_MONTH)
    .describe('How long logs are kept'),
});

const withoutEdge = (setting: string) => ({
  path: [setting],
  error: `needs CloudFront, which "edge": false leaves out. Remove "${setting}" or set "edge" to true`,
});

/**
 * Everything an operator can set, with defaults. Your values go into cdk.json, under "context": { "stages": { "prod":
 * { ... } } }. The option `-c stage=dev` selects the stage.
 */
export const settings = stageSettings
  .refine(({ edge, domain }) => edge || !domain, withoutEdge('domain'))
  .refine(({ edge, waf }) => edge || !waf, withoutEdge('waf'))
  .refine(({ healthCheck, domain }) => !healthCheck || healthCheck.host || domain, {
    path: ['healthCheck'],
    error: 'needs "host", the host of the output ApiBaseUrl, or a "domain"',
  });

export type Config = z.output<typeof settings> & {
  /** Part of the stack's name (`chat-{stage}`), so that one account can hold several. */
  stage: string;
};

export type Throttle = Config['throttle'];
