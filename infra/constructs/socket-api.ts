import { Stack } from 'aws-cdk-lib';
import { WebSocketApi, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { Config } from '../config.ts';
import type { Grant } from './endpoint-function.ts';
import { Invocations } from './invocations.ts';

/** The WebSocket API. A frame's `type` selects its route. */
export class SocketApi extends Construct {
  readonly api: WebSocketApi;
  readonly stage: WebSocketStage;
  private readonly invocations = new Invocations(this, 'Invocations');

  constructor(scope: Construct, id: string, { throttle }: Pick<Config, 'throttle'>) {
    super(scope, id);
    this.api = new WebSocketApi(this, 'Api', {
      apiName: `${Stack.of(this).stackName}-socket`,
      routeSelectionExpression: '$request.body.type',
    });
    // infra/edge/viewer-request.js uses this name too.
    this.stage = new WebSocketStage(this, 'Stage', {
      webSocketApi: this.api,
      stageName: 'live',
      autoDeploy: true,
      throttle,
    });
  }

  /** Connects a route to a Lambda. With `returnResponse` API Gateway sends the returned body to the client. */
  route(routeKey: string, lambda: IFunction, returnResponse: boolean): void {
    this.api.addRoute(routeKey, { integration: this.invocations.webSocket(lambda), returnResponse });
  }

  /** Lets a function post frames to connections. */
  post(): Grant {
    return this.manageConnections('POST');
  }

  /** Lets a function close connections. */
  close(): Grant {
    return this.manageConnections('DELETE');
  }

  private manageConnections(method: 'POST' | 'DELETE'): Grant {
    const resource = Stack.of(this).formatArn({
      service: 'execute-api',
      resource: this.api.apiId,
      resourceName: `${this.stage.stageName}/${method}/@connections/*`,
    });
    return {
      environment: { CONNECTIONS_URL: this.stage.callbackUrl },
      statements: [new PolicyStatement({ actions: ['execute-api:ManageConnections'], resources: [resource] })],
    };
  }
}
