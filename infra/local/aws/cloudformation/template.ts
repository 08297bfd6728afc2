import { join } from 'node:path';
import { type Statement, statementsOf } from '../iam/policies.ts';

interface Resource {
  Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: a template's properties have as many shapes as AWS has resources
  Properties: any;
}

export interface FunctionConfig {
  /** The logical id: here it is the function's name and its role's. */
  id: string;
  /** As in `functions/`: "auth/login". */
  name: string;
  /** Of the function on AWS, where it is called by it. */
  functionName: string;
  /** How often it is invoked again for an event that it failed on, if it is invoked asynchronously. */
  retries: number;
  /** The bundle. */
  file: string;
  environment: Record<string, string>;
  /** Seconds. */
  timeout: number;
  memory: number;
  statements: Statement[];
}

export interface Route {
  key: string;
  /** Logical id of the function. */
  functionId: string;
  returnResponse: boolean;
}

export interface Api {
  id: string;
  protocol: 'HTTP' | 'WEBSOCKET';
  stage: string;
  cors: { origins: string; methods: string; headers: string; exposed: string; maxAge: string } | undefined;
  routes: Route[];
}

/** A path of the CloudFront distribution that goes to an API by way of a CloudFront Function. */
export interface EdgePath {
  pattern: string;
  code: string;
}

const account = '000000000000';
export const region = 'local';

export const tableArn = (name: string): string => `arn:aws:dynamodb:${region}:${account}:table/${name}`;
export const connectionsArn = (apiId: string, path: string): string =>
  `arn:aws:execute-api:${region}:${account}:${apiId}/${path}`;
export const parameterArn = (name: string): string => `arn:aws:ssm:${region}:${account}:parameter${name}`;
export const functionArn = (name: string): string => `arn:aws:lambda:${region}:${account}:function:${name}`;
export const anyPhoneNumberArn = `arn:aws:sms-voice:${region}:${account}:phone-number/local`;
export const apiHost = (apiId: string): string => `${apiId}.execute-api.${region}.amazonaws.com`;

const pseudo: Record<string, string> = {
  'AWS::AccountId': account,
  'AWS::Partition': 'aws',
  'AWS::Region': region,
  'AWS::URLSuffix': 'amazonaws.com',
};

/** A synthesized template as CloudFormation would read it, with every resource's logical id for its name. */
export class Template {
  private readonly resources: Record<string, Resource>;
  private readonly assets: string;

  constructor(template: { Resources: Record<string, Resource> }, assets: string) {
    this.resources = template.Resources;
    this.assets = assets;
  }

  functions(): FunctionConfig[] {
    return this.ofType('AWS::Lambda::Function').map(({ id, properties }) => ({
      id,
      name: properties.Description,
      functionName: properties.FunctionName ?? id,
      retries: this.retriesOf(id),
      file: join(
        this.assets,
        `asset.${properties.Code.S3Key.replace('.zip', '')}`,
        `${properties.Handler.split('.')[0]}.cjs`,
      ),
      environment: properties.Environment?.Variables ?? {},
      timeout: properties.Timeout,
      memory: properties.MemorySize,
      statements: this.allowedTo(properties.Role.split('/')[1]),
    }));
  }

  /** What the role's own policies allow, and those that stand beside it. */
  private allowedTo(roleId: string): Statement[] {
    const beside = ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy']
      .flatMap((type) => this.ofType(type))
      .map(({ properties }) => properties)
      .filter(({ Roles = [] }) => Roles.includes(roleId));
    return statementsOf([...(this.properties(roleId).Policies ?? []), ...beside]);
  }

  private retriesOf(functionId: string): number {
    const configs = this.ofType('AWS::Lambda::EventInvokeConfig').map(({ properties }) => properties);
    return configs.find(({ FunctionName }) => FunctionName === functionId)?.MaximumRetryAttempts ?? 2;
  }

  apis(): Api[] {
    const stages = this.ofType('AWS::ApiGatewayV2::Stage');
    return this.ofType('AWS::ApiGatewayV2::Api').map(({ id, properties }) => ({
      id,
      protocol: properties.ProtocolType,
      stage: stages.find((stage) => stage.properties.ApiId === id)?.properties.StageName,
      cors: properties.CorsConfiguration && {
        origins: properties.CorsConfiguration.AllowOrigins.join(),
        methods: properties.CorsConfiguration.AllowMethods.join(),
        headers: properties.CorsConfiguration.AllowHeaders.join(),
        exposed: properties.CorsConfiguration.ExposeHeaders.join(),
        maxAge: String(properties.CorsConfiguration.MaxAge),
      },
      routes: this.routesOf(id),
    }));
  }

  private routesOf(apiId: string): Route[] {
    const answered = new Set(
      this.ofType('AWS::ApiGatewayV2::RouteResponse').map(({ properties }) => properties.RouteId),
    );
    return this.ofType('AWS::ApiGatewayV2::Route')
      .filter(({ properties }) => properties.ApiId === apiId)
      .map(({ id, properties }) => ({
        key: properties.RouteKey,
        functionId: this.functionBehind(properties.Target.split('/')[1]),
        returnResponse: answered.has(id),
      }));
  }

  /** The URI is the function's ARN for HTTP and, for WebSocket, a longer ARN with that one in it. */
  private functionBehind(integrationId: string): string {
    const uri: string = this.properties(integrationId).IntegrationUri;
    return /function[:/](\w+)/.exec(uri)?.[1] ?? '';
  }

  tables(): {
    name: string;
    attributes: unknown;
    keys: unknown;
    ttl: { Enabled: boolean; AttributeName: string } | undefined;
  }[] {
    return this.ofType('AWS::DynamoDB::GlobalTable').map(({ id, properties }) => ({
      name: id,
      attributes: properties.AttributeDefinitions,
      keys: properties.KeySchema,
      ttl: properties.TimeToLiveSpecification,
    }));
  }

  /** Parameters, by name and first value. */
  parameters(): { name: string; value: string }[] {
    return this.ofType('AWS::SSM::Parameter').map(({ properties }) => ({
      name: properties.Name,
      value: properties.Value,
    }));
  }

  /** Id of the secret that the operator fills: the one that is not generated. */
  operatorSecret(): string {
    const filled = this.ofType('AWS::SecretsManager::Secret').find(({ properties }) => 'SecretString' in properties);
    return filled?.id ?? '';
  }

  /** Secrets that are rotated, and the id of the function that does it. */
  rotations(): { secretId: string; functionId: string }[] {
    return this.ofType('AWS::SecretsManager::RotationSchedule').map(({ properties }) => ({
      secretId: properties.SecretId,
      functionId: properties.RotationLambdaARN.split('/').at(-1),
    }));
  }

  edgePaths(): EdgePath[] {
    const behaviors = this.ofType('AWS::CloudFront::Distribution').flatMap(
      ({ properties }) => properties.DistributionConfig.CacheBehaviors ?? [],
    );
    return behaviors.flatMap((behavior) =>
      (behavior.FunctionAssociations ?? []).map((association: { FunctionARN: string }) => ({
        pattern: behavior.PathPattern,
        code: this.properties(association.FunctionARN.split('/')[1] ?? '').FunctionCode,
      })),
    );
  }

  private ofType(type: string) {
    return Object.entries(this.resources)
      .filter(([, resource]) => resource.Type === type)
      .map(([id, resource]) => ({ id, properties: this.resolve(resource.Properties) }));
  }

  private properties(id: string) {
    return this.resolve(this.resources[id]?.Properties);
  }

  // biome-ignore lint/suspicious/noExplicitAny: see Resource
  private resolve(value: any): any {
    if (Array.isArray(value)) return value.map((item) => this.resolve(item));
    if (typeof value !== 'object' || value === null) return value;
    if ('Ref' in value) return pseudo[value.Ref] ?? value.Ref;
    if ('Fn::GetAtt' in value) return this.attribute(value['Fn::GetAtt'][0], value['Fn::GetAtt'][1]);
    if ('Fn::Join' in value) return this.resolve(value['Fn::Join'][1]).join(value['Fn::Join'][0]);
    if ('Fn::Sub' in value)
      return value['Fn::Sub'].replace(/\$\{([\w:]+)\}/g, (_: string, name: string) => pseudo[name] ?? name);
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.resolve(item)]));
  }

  private attribute(id: string, name: string): string {
    const type = this.resources[id]?.Type ?? '';
    if (!name.endsWith('Arn') && !name.endsWith('ARN')) return `${id}.${name}`;
    if (type === 'AWS::DynamoDB::GlobalTable') return tableArn(id);
    const [, service = '', kind = ''] = type.toLowerCase().split('::');
    return `arn:aws:${service}:${region}:${account}:${kind}/${id}`;
  }
}
