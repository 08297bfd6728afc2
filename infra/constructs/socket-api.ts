import { Stack } from 'aws-cdk-lib';
import { WebSocketApi, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { Config } from '../config.ts';
import type { Grant } from './endpoint-function.ts';

/** The WebSocket API; a frame's `type` chooses its route. */
export class SocketApi extends Construct {
  readonly api: WebSocketApi;
  readonly stage: WebSocketStage;

  constructor(scope: Construct, id: string, { throttle }: Pick<Config, 'throttle'>) {
    super(scope, id);
    this.api = new WebSocketApi(this, 'Api', {
      apiName: `${Stack.of(this).stackName}-socket`,
      routeSelectionExpression: '$request.body.type',
    });
    // The name is known to infra/edge/viewer-request.js too.
    this.stage = new WebSocketStage(this, 'Stage', {
      webSocketApi: this.api,
      stageName: 'live',
      autoDeploy: true,
      throttle,
    });
  }

  /** Sends a route to a Lambda. With `returnResponse` the client is sent the body that the Lambda returns. */
  route(routeKey: string, lambda: IFunction, returnResponse: boolean): void {
    const integration = new WebSocketLambdaIntegration('Integration', lambda);
    this.api.addRoute(routeKey, { integration, returnResponse });
  }

  /** Lets a function post to the open sockets, and tells it where. */
  posting(): Grant {
    return this.managing('POST');
  }

  /** Lets a function close open sockets, and tells it where. */
  closing(): Grant {
    return this.managing('DELETE');
  }

  private managing(method: 'POST' | 'DELETE'): Grant {
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
