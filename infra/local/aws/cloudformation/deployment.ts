import { Edge } from '../api-gateway/edge.ts';
import { RestGateway } from '../api-gateway/rest-gateway.ts';
import { accessKeyOf, Roles } from '../iam/roles.ts';
import { LocalLambda } from '../lambda/lambda.ts';
import type { Secrets } from '../services/secrets.ts';
import { type Api, apiHost, type FunctionConfig, region, type Template } from './template.ts';

export interface Surroundings {
  /** Where the runner serves: http://127.0.0.1:3000 */
  origin: string;
  dynamodbEndpoint: string;
  /** Of what is neither DynamoDB nor `@connections`. */
  awsServicesEndpoint: string;
  /** Of services outside AWS, in the place of what the template says. */
  addresses: Record<string, string>;
  secrets: Secrets;
  /** Where the functions' log lines go. */
  log: (text: string) => unknown;
}

/** What a template declares, running. A reload makes a new one and closes the old. */
export class Deployment {
  readonly edge: Edge;
  readonly rest: RestGateway;
  readonly socketApi: Api;
  readonly roles: Roles;
  readonly functions: FunctionConfig[];
  readonly lambdas: Map<string, LocalLambda>;

  constructor(template: Template, surroundings: Surroundings) {
    const functions = template.functions();
    const apis = template.apis();
    const apiOf = (protocol: Api['protocol']): Api => {
      const api = apis.find((candidate) => candidate.protocol === protocol);
      if (!api) throw new Error(`The template has no ${protocol} API.`);
      return api;
    };
    this.functions = functions;
    this.roles = new Roles(functions);
    this.socketApi = apiOf('WEBSOCKET');
    const hosts = apis.map((api) => `https://${apiHost(api.id)}`);
    this.lambdas = new Map(
      functions.map((config) => [
        config.id,
        new LocalLambda(config, environmentOf(config, hosts, surroundings), surroundings.log),
      ]),
    );
    this.rest = new RestGateway(apiOf('HTTP'), this.lambdas);
    this.edge = new Edge(template.edgePaths());
  }

  async close(): Promise<void> {
    await Promise.all([...this.lambdas.values()].map((lambda) => lambda.close()));
  }
}

/** What Lambda sets, what the template declares, and nothing of the developer's own environment or AWS profile. */
function environmentOf(config: FunctionConfig, hosts: string[], surroundings: Surroundings) {
  const { origin, dynamodbEndpoint, awsServicesEndpoint, addresses, secrets } = surroundings;
  const declared = Object.entries(config.environment).map(([name, value]) => {
    const here = hosts.reduce((text, host) => text.replace(host, origin), value);
    return [name, addresses[name] ?? resolveSecret(here, secrets)];
  });
  return {
    ...Object.fromEntries(declared),
    AWS_REGION: region,
    AWS_LAMBDA_FUNCTION_NAME: config.id,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(config.memory),
    AWS_ACCESS_KEY_ID: accessKeyOf(config),
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_ENDPOINT_URL_DYNAMODB: dynamodbEndpoint,
    AWS_ENDPOINT_URL: awsServicesEndpoint,
    TZ: ':UTC',
  };
}

/** As CloudFormation resolves a dynamic reference to a secret when it deploys. */
const resolveSecret = (value: string, secrets: Secrets): string =>
  value.replace(/\{\{resolve:secretsmanager:([^:}]+):SecretString:*\}\}/g, (_, id: string) => secrets.valueOf(id));
