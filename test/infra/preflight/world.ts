import { generateKeyPairSync } from 'node:crypto';

export const accountId = '123456789012';
export const region = 'eu-central-1';
const arn = (service: string, rest: string, at = region) => `arn:aws:${service}:${at}:${accountId}:${rest}`;

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

export { publicKey };

export const arns = {
  certificate: arn('acm', 'certificate/c', 'us-east-1'),
  pool: arn('sms-voice', 'pool/pool-1'),
  phoneNumber: arn('sms-voice', 'phone-number/phone-1'),
  senderId: arn('sms-voice', 'sender-id/CHAT/KZ'),
  secret: arn('secretsmanager', 'secret:OperatorSecret-1'),
};

export const phoneNumber = {
  PhoneNumberArn: arns.phoneNumber,
  PhoneNumberId: 'phone-1',
  PhoneNumber: '+77010000000',
  Status: 'ACTIVE',
  IsoCountryCode: 'KZ',
  MessageType: 'TRANSACTIONAL',
  NumberCapabilities: ['SMS'],
  InternationalSendingEnabled: false,
};

/** An account in which `chat-prod` is deployed with all of its settings, and nothing is left to do. */
const healthy = {
  bootstrap: { [region]: 31, 'us-east-1': 31 } as Record<string, number>,
  /** By region and name. */
  stacks: {
    [`${region}/chat-prod`]: {
      status: 'UPDATE_COMPLETE',
      outputs: { EdgeHost: 'd111111abcdef8.cloudfront.net', OperatorSecretArn: arns.secret } as Record<string, string>,
      failures: [] as string[],
      resources: {
        deliver: { Type: 'AWS::Lambda::Function', Properties: { ReservedConcurrentExecutions: 145 } },
        record: { Type: 'AWS::Route53::RecordSet', Properties: { Name: 'chat.example.com.', Type: 'A' } },
      } as object,
    },
    'us-east-1/chat-prod-edge': { status: 'CREATE_COMPLETE', outputs: {}, failures: [] as string[], resources: {} },
  } as Record<string, { status: string; outputs: Record<string, string>; failures: string[]; resources: object }>,
  logGroups: ['chat-prod', 'chat-production'],
  functions: ['chat-prod-deliver'],
  alarms: ['chat-prod-rest-errors', 'chat-prod-edge-unreachable'],
  dashboards: [`chat-prod-${region}`, `chat-prod-${region}-copy`],
  concurrency: { ConcurrentExecutions: 1000, UnreservedConcurrentExecutions: 855 },
  distributions: 1,
  apiQuota: { burstLimit: 5000, rateLimit: 10_000 },
  zones: {
    Z1: { name: 'example.com.', isPrivate: false, records: [{ name: 'chat.example.com.', type: 'A' }] },
  } as Record<string, { name: string; isPrivate: boolean; records: { name: string; type: string }[] }>,
  certificates: { [arns.certificate]: { Status: 'ISSUED', DomainName: '*.example.com' } } as Record<
    string,
    { Status: string; DomainName: string }
  >,
  sms: {
    tier: 'PRODUCTION',
    spendLimit: { EnforcedLimit: 1, MaxLimit: 500, Overridden: false },
    phoneNumbers: [phoneNumber],
    pool: { Status: 'ACTIVE', MessageType: 'TRANSACTIONAL', SharedRoutesEnabled: false },
    /** The countries of the pool's senders, of which there are two for each page. */
    poolCountries: ['KZ', 'US', 'AM'],
    senderIds: [{ SenderId: 'CHAT', IsoCountryCode: 'KZ', MessageTypes: ['TRANSACTIONAL'] }],
    protection: { KZ: 'ALLOW', AM: 'MONITOR', CU: 'BLOCK' } as Record<string, string> | undefined,
  },
  /** Undefined if it was deleted. */
  secret: JSON.stringify({
    openaiApiKey: 'sk-1',
    googleClientId: 'web-client, android-client',
    googleClientSecret: 'client-secret',
    fcmServiceAccount: JSON.stringify({
      project_id: 'our-project',
      client_email: 'push@our-project.iam.gserviceaccount.com',
      private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    }),
  }) as string | undefined,
  google: { clients: { 'web-client': 'client-secret' } as Record<string, string>, isKeyValid: true, maySend: true },
};

export type World = typeof healthy;

/** The settings of a stage that uses everything. */
const everything = {
  domain: { name: 'chat.example.com', zone: { id: 'Z1', name: 'example.com' }, certificateArn: arns.certificate },
  push: true,
  textMessages: { origin: arns.pool, countries: ['KZ', 'AM'] },
  googleClientId: 'web-client',
};

type Settings = Record<string, unknown>;

/** A change of the account and of the stage's settings. */
export type Change = (world: World, settings: Settings) => void;

/** An account and the settings of a stage with these changes. */
export function changed(...changes: Change[]): { world: World; settings: Settings } {
  const world = structuredClone(healthy);
  const settings: Settings = structuredClone(everything);
  for (const change of changes) change(world, settings);
  return { world, settings };
}

type Part<T> = T extends unknown[] ? T : T extends object ? { [K in keyof T]?: Part<T[K]> | undefined } : T;

/** Changes these parts of the account, and of the settings. Lists are replaced. */
export const but =
  (account: Part<World>, stage: object = {}): Change =>
  (world, settings) => {
    merge(world, account);
    merge(settings, stage);
  };

function merge(whole: object, parts: object): void {
  for (const [name, part] of Object.entries(parts)) {
    const before: unknown = Reflect.get(whole, name);
    if (isObject(before) && isObject(part)) merge(before, part);
    else Reflect.set(whole, name, part);
  }
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Changes these fields of the operator's secret. */
export const secretWith =
  (fields: object): Change =>
  (world) => {
    world.secret = JSON.stringify({ ...JSON.parse(world.secret ?? '{}'), ...fields });
  };

/** Both changes. */
export const both =
  (...changes: Change[]): Change =>
  (world, settings) => {
    for (const change of changes) change(world, settings);
  };

/** Before the first deployment. */
export const undeployed: Change = (world, settings) => {
  world.stacks = {};
  const nothing = { logGroups: [], functions: [], alarms: [], dashboards: [], distributions: 0 };
  but({ ...nothing, concurrency: { UnreservedConcurrentExecutions: 1000 }, zones: { Z1: { records: [] } } })(
    world,
    settings,
  );
};

const stackIn = (status: string, ...failures: string[]) => ({
  status,
  failures,
  ...(status.startsWith('ROLLBACK_') && { outputs: { EdgeHost: undefined, OperatorSecretArn: undefined } }),
});
export const mainStackIn = (status: string, ...failures: string[]): Change =>
  but({ stacks: { [`${region}/chat-prod`]: stackIn(status, ...failures) } });
export const edgeStackIn = (status: string, ...failures: string[]): Change =>
  but({ stacks: { 'us-east-1/chat-prod-edge': stackIn(status, ...failures) } });

const sendFrom = (origin: string | undefined, countries: string[]): Change =>
  but({}, { textMessages: { origin, countries } });
export const fromPhoneNumber = sendFrom(arns.phoneNumber, ['KZ']);
export const fromSenderId = sendFrom(arns.senderId, ['KZ']);
export const fromAnyNumber = sendFrom(undefined, ['KZ']);
