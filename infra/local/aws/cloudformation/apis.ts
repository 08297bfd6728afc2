import * as z from 'zod/mini';
import type { Principal } from '../iam/roles.ts';
import { idIn } from './arns.ts';
import type { Resources } from './resources.ts';
import { roleStatements } from './role-statements.ts';

interface Route {
  /** "POST /auth/login" or, of a WebSocket API, "message". */
  key: string;
  /** Logical id of the function. */
  functionId: string;
  /** The role with which the API invokes it. */
  invoker: Principal;
  /** Whether it takes only requests that are signed with AWS credentials. */
  signed?: boolean;
  /** Whether what the function returns is sent to the client: for a WebSocket route only if it has a route response. */
  returnResponse: boolean;
}

/** A throttle: how many tokens come back each second, and how many there can be. */
export interface Rate {
  perSecond: number;
  burst: number;
}

export interface Api {
  id: string;
  protocol: 'HTTP' | 'WEBSOCKET';
  stage: string;
  /** The stage's throttle, and those of the routes that have their own, by route key. */
  throttles?: { shared: Rate | undefined; routes: Record<string, Rate> };
  cors: { origins: string; methods: string; headers: string; exposed: string; maxAge: string } | undefined;
  routes: Route[];
}

const strings = z.array(z.string());
const corsConfiguration = z.object({
  AllowOrigins: strings,
  AllowMethods: strings,
  AllowHeaders: strings,
  ExposeHeaders: strings,
  MaxAge: z.number(),
});
const api = z.object({
  ProtocolType: z.enum(['HTTP', 'WEBSOCKET']),
  CorsConfiguration: z.optional(corsConfiguration),
});
const routeSettings = z.object({ ThrottlingRateLimit: z.number(), ThrottlingBurstLimit: z.number() });
const stage = z.object({
  ApiId: z.string(),
  StageName: z.string(),
  DefaultRouteSettings: z.optional(routeSettings),
  RouteSettings: z.optional(z.record(z.string(), routeSettings)),
});
const route = z.object({
  ApiId: z.string(),
  RouteKey: z.string(),
  Target: z.string(),
  AuthorizationType: z.optional(z.enum(['NONE', 'AWS_IAM'])),
});
const routeResponse = z.object({ RouteId: z.string() });
const integration = z.object({ IntegrationUri: z.string(), CredentialsArn: z.string() });

export function readApis(resources: Resources): Api[] {
  return resources.ofType('AWS::ApiGatewayV2::Api', api).map(({ id, properties }) => ({
    id,
    protocol: properties.ProtocolType,
    ...stageOf(resources, id),
    cors: properties.CorsConfiguration && headersOf(properties.CorsConfiguration),
    routes: routesOf(resources, id),
  }));
}

function stageOf(resources: Resources, apiId: string): Pick<Api, 'stage' | 'throttles'> {
  const stages = resources.ofType('AWS::ApiGatewayV2::Stage', stage);
  const own = stages.find(({ properties }) => properties.ApiId === apiId);
  if (!own) throw new Error(`The API ${apiId} has no stage.`);
  const { StageName, DefaultRouteSettings, RouteSettings = {} } = own.properties;
  const routes = Object.fromEntries(Object.entries(RouteSettings).map(([key, settings]) => [key, rateOf(settings)]));
  return {
    stage: StageName,
    throttles: { shared: DefaultRouteSettings && rateOf(DefaultRouteSettings), routes },
  };
}

const rateOf = ({ ThrottlingRateLimit, ThrottlingBurstLimit }: z.output<typeof routeSettings>): Rate => ({
  perSecond: ThrottlingRateLimit,
  burst: ThrottlingBurstLimit,
});

const headersOf = (cors: z.output<typeof corsConfiguration>): NonNullable<Api['cors']> => ({
  origins: cors.AllowOrigins.join(),
  methods: cors.AllowMethods.join(),
  headers: cors.AllowHeaders.join(),
  exposed: cors.ExposeHeaders.join(),
  maxAge: String(cors.MaxAge),
});

function routesOf(resources: Resources, apiId: string): Route[] {
  const responses = resources.ofType('AWS::ApiGatewayV2::RouteResponse', routeResponse);
  const answered = new Set(responses.map(({ properties }) => properties.RouteId));
  return resources
    .ofType('AWS::ApiGatewayV2::Route', route)
    .filter(({ properties }) => properties.ApiId === apiId)
    .map(({ id, properties }) => ({
      key: properties.RouteKey,
      signed: properties.AuthorizationType === 'AWS_IAM',
      ...integrationOf(resources, idIn(properties.Target)),
      returnResponse: answered.has(id),
    }));
}

/** The integration's URI is the function's ARN (HTTP) or a longer ARN that contains it (WebSocket). */
function integrationOf(resources: Resources, integrationId: string): Pick<Route, 'functionId' | 'invoker'> {
  const { IntegrationUri, CredentialsArn } = resources.propertiesOf(integrationId, integration);
  const functionId = /function[:/](\w+)/.exec(IntegrationUri)?.[1];
  if (!functionId) throw new Error(`The integration ${integrationId} invokes no function: ${IntegrationUri}`);
  const role = idIn(CredentialsArn);
  return { functionId, invoker: { id: role, name: role, statements: roleStatements(resources, role) } };
}
