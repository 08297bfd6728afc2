import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  type CfnStage,
  CorsHttpMethod,
  HttpApi,
  type HttpMethod,
  HttpRoute,
  HttpRouteKey,
  HttpStage,
  type IHttpRouteAuthorizer,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Config, Throttle } from '../config.ts';
import type { Grant } from './endpoint-function.ts';
import { Invocations } from './invocations.ts';

/**
 * One line per request, including those that reached no function. `path` does not contain the query. The line is JSON only
 * with values that have no quotes around them, unlike `$context.error.messageString`; API Gateway escapes quotes inside them.
 */
const accessLog = JSON.stringify({
  time: '$context.requestTime',
  requestId: '$context.requestId',
  method: '$context.httpMethod',
  path: '$context.path',
  route: '$context.routeKey',
  status: '$context.status',
  durationMs: '$context.responseLatency',
  bytes: '$context.responseLength',
  error: '$context.error.message',
  integrationError: '$context.integrationErrorMessage',
});

/** The HTTP API and its routes. */
export class RestApi extends Construct {
  readonly api: HttpApi;
  /** Its access log. */
  readonly logGroup: LogGroup;
  private readonly stage: HttpStage;
  private readonly invocations = new Invocations(this, 'Invocations');
  /** CDK passes these to CloudFormation as they are, hence the capital letters. */
  private readonly routeSettings: Record<string, { ThrottlingRateLimit: number; ThrottlingBurstLimit: number }> = {};

  constructor(scope: Construct, id: string, { throttle, logDays }: Pick<Config, 'throttle' | 'logDays'>) {
    super(scope, id);
    this.api = new HttpApi(this, 'Api', {
      apiName: `${Stack.of(this).stackName}-rest`,
      createDefaultStage: false,
      corsPreflight: {
        allowOrigins: ['*'],
        allowMethods: [CorsHttpMethod.ANY],
        // The star allows what tracing and monitoring add (traceparent, baggage, sentry-trace, x-datadog-...). It does not
        // cover "authorization" (Fetch standard), and Safari before 15.4 does not know it.
        allowHeaders: ['authorization', 'content-type', '*'],
        exposeHeaders: ['retry-after', 'x-request-id'],
        maxAge: Duration.hours(1),
      },
    });
    this.logGroup = new LogGroup(this, 'Logs', { retention: logDays, removalPolicy: RemovalPolicy.DESTROY });
    this.stage = new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle,
      accessLogSettings: {
        destination: new LogGroupLogDestination(this.logGroup),
        format: AccessLogFormat.custom(accessLog),
      },
    });
  }

  /** API Gateway's own URL, without CloudFront. */
  get url(): string {
    const { region, urlSuffix } = Stack.of(this);
    return `https://${this.api.apiId}.execute-api.${region}.${urlSuffix}`;
  }

  /** Gives a function the API's URL, for requests on behalf of a user. */
  call(): Grant {
    return { environment: { REST_URL: this.url }, statements: [] };
  }

  /** Connects routes (["GET /health", "HEAD /health"], or ["$default"] for all others) to a Lambda. */
  route(
    keys: string[],
    lambda: IFunction,
    { throttle, authorizer }: { throttle?: Throttle | undefined; authorizer?: IHttpRouteAuthorizer } = {},
  ): void {
    // Routes of the same function share its integration, which is one resource.
    const integration = this.invocations.http(lambda);
    for (const key of keys) {
      const [method, path] = key.split(' ');
      const routeKey = path ? HttpRouteKey.with(path, method as HttpMethod) : HttpRouteKey.DEFAULT;
      const route = new HttpRoute(this, key, {
        httpApi: this.api,
        routeKey,
        integration,
        ...(authorizer && { authorizer }),
      });
      if (throttle) this.throttleRoute(key, route, throttle);
    }
  }

  private throttleRoute(key: string, route: HttpRoute, { rateLimit, burstLimit }: Throttle): void {
    this.routeSettings[key] = { ThrottlingRateLimit: rateLimit, ThrottlingBurstLimit: burstLimit };
    const stage = this.stage.node.defaultChild as CfnStage;
    stage.routeSettings = this.routeSettings;
    // API Gateway refuses settings for a route that does not exist yet.
    stage.node.addDependency(route);
  }
}
