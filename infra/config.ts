import type { App } from 'aws-cdk-lib';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import * as z from 'zod';

const rate = (requests: string) => z.number().positive().describe(`${requests} a second`);
const throttle = (rateLimit: number, burstLimit: number) =>
  z
    .strictObject({
      rateLimit: rate('Requests').default(rateLimit),
      burstLimit: z.int().positive().default(burstLimit).describe('How many may come at once'),
    })
    .prefault({});

const arn = (service: string, region = '[a-z0-9-]*') =>
  z
    .string()
    .regex(
      new RegExp(`^arn:aws[a-z-]*:${service}:${region}:\\d{12}:.+$`),
      `must be an ARN of ${service}${region.length < 12 ? ` in ${region}` : ''}`,
    );

/**
 * Everything that an operator may set, with its default. Values are put into cdk.json, under "context": { "stages": {
 * "prod": { ... } } }; the stage itself is chosen by `-c stage=dev`.
 */
export const settings = z.strictObject({
  keepData: z
    .boolean()
    .default(true)
    .describe('Whether tables, keys and secrets outlive the stack, and can not be deleted by accident'),
  keyVersion: z
    .int()
    .positive()
    .default(1)
    .describe('Raised by one, it makes new keys of the codes and of the edge: docs/operate.md'),
  restoredTable: z
    .string()
    .regex(/^[a-zA-Z0-9_.-]{3,255}$/, "must be a table's name")
    .optional()
    .describe("Name of a table restored from a backup, which takes the place of the stack's own: docs/operate.md"),
  domain: z
    .strictObject({
      name: z.hostname().describe('chat.example.com'),
      zone: z
        .strictObject({ id: z.string(), name: z.hostname() })
        .optional()
        .describe(
          'The Route 53 zone that it is in: the records are made there, and chat-{stage}-edge makes a certificate',
        ),
      certificateArn: arn('acm', 'us-east-1')
        .optional()
        .describe('What the stack chat-{stage}-edge has made, or a certificate of your own'),
      ownCertificate: z
        .boolean()
        .default(false)
        .describe('Whether it is one of your own, so that chat-{stage}-edge makes none although there is a zone'),
    })
    .refine(({ zone, certificateArn }) => zone || certificateArn, 'needs "zone" or "certificateArn"')
    .refine(({ ownCertificate, certificateArn }) => !ownCertificate || certificateArn, 'has no "certificateArn"')
    .refine(({ name, zone }) => !zone || `.${name}`.endsWith(`.${zone.name}`), {
      error: 'must be in its zone',
      path: ['name'],
    })
    .optional()
    .describe("The host of the app's URLs, instead of CloudFront's"),
  waf: z
    .strictObject({
      requestsPerAddress: z
        .int()
        .min(10)
        .default(2000)
        .describe('From one address in five minutes; behind that of a mobile network are many people'),
      webAclArn: arn('wafv2', 'us-east-1').optional().describe('What the stack chat-{stage}-edge has made'),
    })
    .optional()
    .describe(
      'AWS WAF in front of CloudFront, but not of the hosts of API Gateway that it asks: docs/deploy.md. From 8 dollars a month',
    ),
  throttle: throttle(2000, 1000).describe('Of each of the two APIs; an account has 10,000 and 5,000 in a region'),
  passwordThrottle: throttle(50, 100).describe('Of each endpoint that hashes a password: a core for 60 ms'),
  parallelPages: z
    .int()
    .min(1)
    .max(64)
    .default(2)
    .describe(
      "Of one message to a large room: each posts some 2,500 a second, out of API Gateway's 10,000 for the account",
    ),
  concurrency: z
    .strictObject({
      deliver: z.int().positive().default(100),
      assistant: z.int().positive().default(20).describe('Each question waits seconds for the model'),
      textMessages: z.int().positive().default(5),
    })
    .or(z.literal(false))
    .prefault({})
    .describe('Reserved for what a runaway would make dear; false in a new account, whose limit is 10 in all'),
  textMessages: z
    .strictObject({
      countries: z
        .array(z.string().regex(/^[A-Z]{2}$/, 'must be an ISO code such as "KZ"'))
        .min(1)
        .default(['RU', 'BY', 'KZ', 'AM', 'KG', 'UZ'])
        .describe('Where codes are sent to: each country more is one more that fraud can earn in'),
      monthlyCap: z
        .int()
        .min(0)
        .default(5000)
        .describe('In 30 days, of everybody together; when it is reached, nobody gets a code'),
      origin: arn('sms-voice')
        .optional()
        .describe('The number, pool or sender id; without it only a phone number of the account can be what AWS takes'),
    })
    .prefault({}),
  assistant: z
    .strictObject({
      baseUrl: z.url().default('https://api.openai.com/v1').describe('Of any server that speaks Chat Completions'),
      model: z.string().min(1).default('gpt-4.1-mini'),
      userTokens: z.int().min(0).default(100_000).describe('In a day, question and answer together, of one user'),
      chatTokens: z.int().min(0).default(300_000).describe('The same of one chat'),
    })
    .prefault({}),
  googleClientId: z.string().default('').describe('For the stack output that starts the app'),
  alarmEmail: z.email().optional().describe('Is told of alarms; it has to confirm a message from AWS once'),
  tracing: z
    .boolean()
    .default(false)
    .describe('X-Ray: the way of a request through the functions, for up to 40% more (docs/costs.md)'),
  logDays: z
    .literal([1, 3, 5, 7, 14, 30, 60, 90, 180, 365])
    .default(RetentionDays.ONE_MONTH)
    .describe('How long logs are kept'),
});

export type Config = z.output<typeof settings> & {
  /** Names the stack (`chat-{stage}`), so that several can live in one account. */
  stage: string;
};

export type Throttle = Config['throttle'];

/** Reads the settings of the chosen stage. Throws an error that names each setting that is wrong. */
export function readConfig(app: App): Config {
  const stage: unknown = app.node.tryGetContext('stage') ?? 'prod';
  if (typeof stage !== 'string' || !/^[a-z][a-z0-9]{0,15}$/.test(stage)) {
    throw new Error(
      `The setting "stage" must be 1 to 16 lower-case letters and digits, like prod or dev; it is ${JSON.stringify(stage)}.`,
    );
  }
  const { data, error } = settings.safeParse(given(app, stage));
  if (!error) return { stage, ...data };
  throw new Error(`The settings of the stage "${stage}" in cdk.json are wrong:\n${z.prettifyError(error)}`);
}

/** What stands for the stage in cdk.json. What stands elsewhere would be taken for set and do nothing: it is refused. */
function given(app: App, stage: string): unknown {
  const elsewhere = Object.keys(settings.shape).find((name) => app.node.tryGetContext(name) !== undefined);
  if (elsewhere)
    throw new Error(
      `The setting "${elsewhere}" is not of a stage: put it into cdk.json, "context": { "stages": { "${stage}": { ... } } }.`,
    );
  const stages = app.node.tryGetContext('stages') ?? { prod: {} };
  if (Object.hasOwn(stages, stage)) return stages[stage];
  throw new Error(`The stage "${stage}" is not in cdk.json; there are: ${Object.keys(stages).join(', ')}.`);
}
