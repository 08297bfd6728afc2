import { Edge } from '../api-gateway/edge.ts';
import { type Invocable, invocable } from '../api-gateway/invocable.ts';
import { RestGateway } from '../api-gateway/rest-gateway.ts';
import type { Chaos } from '../chaos.ts';
import type { Roles } from '../iam/roles.ts';
import { LocalLambda } from '../lambda/lambda.ts';
import { s3Path } from '../s3/local-s3.ts';
import type { Secrets } from '../services/secrets.ts';
import type { Api } from './apis.ts';
import { apiHost, bucketHost, region } from './arns.ts';
import type { FunctionConfig } from './functions.ts';
import type { Template } from './template.ts';

/** What the functions reach from the inside. It stays the same over a reload. */
export interface Surroundings {
  /** The URL of the runner: http://127.0.0.1:3000 */
  origin: string;
  /** The URL at which phones reach the runner, for the URLs of files; by default the same. */
  networkOrigin?: string;
  dynamodbEndpoint: string;
  /** For requests to AWS that go neither to DynamoDB nor to `@connections`. */
  awsServicesEndpoint: string;
  /** What replaces the template's environment variables: what concerns services outside AWS. */
  replacing: (declared: Record<string, string>) => Record<string, string>;
  secrets: Secrets;
  roles: Roles;
  /** What goes wrong; by default nothing. */
  chaos?: Chaos | undefined;
  /** Gets the functions' log lines. */
  log: (text: string) => unknown;
}

/** The running functions and APIs of one template. A reload makes a new one and closes the old one. */
export class Deployment {
  readonly template: Template;
  /** Where the URLs of files lead. */
  readonly networkOrigin: string;
  readonly edge: Edge;
  readonly rest: RestGateway;
  readonly socketApi: Api;
  /** The functions as the WebSocket API may invoke them, by logical id. */
  readonly behindSocketApi: Map<string, Invocable>;
  readonly functions: FunctionConfig[];
  /** By logical id. */
  readonly lambdas: Map<string, LocalLambda>;

  constructor(template: Template, surroundings: Surroundings) {
    const apis = template.apis();
    const urls = localUrls(template, surroundings);
    this.template = template;
    this.networkOrigin = surroundings.networkOrigin ?? surroundings.origin;
    this.functions = template.functions();
    this.lambdas = new Map(
      this.functions.map((config) => [
        config.id,
        new LocalLambda(config, environmentOf(config, urls, surroundings), surroundings.log, surroundings.chaos),
      ]),
    );
    this.socketApi = apiOf(apis, 'WEBSOCKET');
    this.behindSocketApi = invocable(this.socketApi, this.lambdas, surroundings.roles);
    const restApi = apiOf(apis, 'HTTP');
    const behindRestApi = invocable(restApi, this.lambdas, surroundings.roles);
    this.rest = new RestGateway(restApi, behindRestApi, surroundings.roles, surroundings.chaos);
    this.edge = new Edge(template.edgeBehaviors(), (value) => resolveSecrets(value, surroundings.secrets));
  }

  /** What comes before a socket's own path or query in its URL: without a distribution the WebSocket API's stage. */
  get wsPath(): string {
    return this.template.edgeBehaviors().length > 0 ? '' : `/${this.socketApi.stage}`;
  }

  /** The name of the table that the functions use for durable data, which may be one restored from a backup. */
  get chatTable(): string {
    return this.functions.flatMap(({ environment }) => environment.CHAT_TABLE ?? [])[0] ?? '';
  }

  async close(): Promise<void> {
    await Promise.all([...this.lambdas.values()].map((lambda) => lambda.close()));
  }
}

function apiOf(apis: Api[], protocol: Api['protocol']): Api {
  const api = apis.find((candidate) => candidate.protocol === protocol);
  if (!api) throw new Error(`The template has no ${protocol} API.`);
  return api;
}

/** Where the APIs, buckets and distributions of the template are on this machine. */
function localUrls(
  template: Template,
  { origin, networkOrigin = origin }: Surroundings,
): [aws: string, local: string][] {
  return [
    ...template.apis().map(({ id }): [string, string] => [`https://${apiHost(id)}`, origin]),
    ...template
      .buckets()
      .map(({ id }): [string, string] => [`https://${bucketHost(id)}`, `${networkOrigin}${s3Path}/${id}`]),
    ...template.distributionHosts().map((host): [string, string] => [`https://${host}`, networkOrigin]),
  ];
}

/** What Lambda and the template set, and nothing from the developer's own environment or AWS profile. */
function environmentOf(
  config: FunctionConfig,
  urls: [aws: string, local: string][],
  surroundings: Surroundings,
): Record<string, string> {
  const { dynamodbEndpoint, awsServicesEndpoint, secrets, roles } = surroundings;
  const { accessKeyId, secretAccessKey } = roles.credentialsOf(config);
  const replaced = surroundings.replacing(config.environment);
  const declared = Object.entries(config.environment).map(([name, value]) => {
    const local = urls.reduce((text, [aws, here]) => text.replace(aws, here), value);
    return [name, replaced[name] ?? resolveSecrets(local, secrets)];
  });
  return {
    ...Object.fromEntries(declared),
    AWS_REGION: region,
    AWS_LAMBDA_FUNCTION_NAME: config.id,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(config.memoryMb),
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_ENDPOINT_URL_DYNAMODB: dynamodbEndpoint,
    AWS_ENDPOINT_URL: awsServicesEndpoint,
    TZ: ':UTC',
  };
}

/** Replaces dynamic references to secrets with their values, as CloudFormation does when it deploys. */
const resolveSecrets = (value: string, secrets: Secrets): string =>
  value.replace(/\{\{resolve:secretsmanager:([^:}]+):SecretString:*\}\}/g, (_, id: string) => secrets.valueOf(id));
