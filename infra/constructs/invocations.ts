import { Stack } from 'aws-cdk-lib';
import {
  HttpIntegrationType,
  HttpRouteIntegration,
  type HttpRouteIntegrationConfig,
  IntegrationCredentials,
  PayloadFormatVersion,
  WebSocketIntegrationType,
  WebSocketRouteIntegration,
  type WebSocketRouteIntegrationConfig,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';

/**
 * How an API invokes the functions of its routes: with one role that lists them, instead of a permission on each
 * function, which would be one more resource per route. The list is part of the role itself, so CloudFormation updates it
 * before it creates the integration and the route of a new function.
 */
export class Invocations extends Construct {
  private readonly role: Role;
  private readonly statement = new PolicyStatement({ actions: ['lambda:InvokeFunction'] });

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.role = new Role(this, 'Role', {
      // Without aws:SourceAccount: API Gateway does not send it when it assumes the role of an integration.
      assumedBy: new ServicePrincipal('apigateway.amazonaws.com'),
      inlinePolicies: { functions: new PolicyDocument({ statements: [this.statement] }) },
    });
  }

  /** For a route of an HTTP API. */
  http(lambda: IFunction): HttpRouteIntegration {
    return new HttpInvocation({
      type: HttpIntegrationType.AWS_PROXY,
      uri: lambda.functionArn,
      payloadFormatVersion: PayloadFormatVersion.VERSION_2_0,
      credentials: IntegrationCredentials.fromRole(this.roleFor(lambda)),
    });
  }

  /** For a route of a WebSocket API. */
  webSocket(lambda: IFunction): WebSocketRouteIntegration {
    const { partition, region } = Stack.of(this);
    const path = `2015-03-31/functions/${lambda.functionArn}/invocations`;
    return new WebSocketInvocation({
      type: WebSocketIntegrationType.AWS_PROXY,
      uri: `arn:${partition}:apigateway:${region}:lambda:path/${path}`,
      credentialsRole: this.roleFor(lambda),
    });
  }

  private roleFor(lambda: IFunction): Role {
    this.statement.addResources(lambda.functionArn);
    return this.role;
  }
}

/** CDK's own integrations of a Lambda have no role, and add a permission to the function. */
class HttpInvocation extends HttpRouteIntegration {
  private readonly config: HttpRouteIntegrationConfig;

  constructor(config: HttpRouteIntegrationConfig) {
    super('Integration');
    this.config = config;
  }

  bind(): HttpRouteIntegrationConfig {
    return this.config;
  }
}

class WebSocketInvocation extends WebSocketRouteIntegration {
  private readonly config: WebSocketRouteIntegrationConfig;

  constructor(config: WebSocketRouteIntegrationConfig) {
    super('Integration');
    this.config = config;
  }

  bind(): WebSocketRouteIntegrationConfig {
    return this.config;
  }
}
