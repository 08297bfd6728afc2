import { join } from 'node:path';
import { Duration, Stack } from 'aws-cdk-lib';
import type { HttpApi, WebSocketApi } from 'aws-cdk-lib/aws-apigatewayv2';
import {
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  OriginRequestPolicy,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Construct } from 'constructs';

/** One host for both APIs, with the URLs that the app has: https://HOST/... and wss://HOST/ws/chat/{chatId}?token=... */
export class Edge extends Construct {
  readonly host: string;

  constructor(
    scope: Construct,
    id: string,
    apis: { rest: HttpApi; socket: WebSocketApi; headers: Record<string, string> },
  ) {
    super(scope, id);
    const viewerRequest = new EdgeFunction(this, 'ViewerRequest', {
      runtime: FunctionRuntime.JS_2_0,
      code: FunctionCode.fromFile({ filePath: join(import.meta.dirname, '../edge/viewer-request.js') }),
    });
    const distribution = new Distribution(this, 'Distribution', {
      comment: Stack.of(this).stackName,
      // By itself CloudFront would give one client's error to others for ten seconds.
      errorResponses: [404, 405, 500, 501, 502, 503, 504].map((httpStatus) => ({
        httpStatus,
        ttl: Duration.seconds(0),
      })),
      defaultBehavior: this.behaviorFor(apis.rest.apiId, apis.headers),
      additionalBehaviors: {
        '/ws/*': {
          ...this.behaviorFor(apis.socket.apiId, apis.headers),
          functionAssociations: [{ function: viewerRequest, eventType: FunctionEventType.VIEWER_REQUEST }],
        },
      },
    });
    this.host = distribution.distributionDomainName;
  }

  private behaviorFor(apiId: string, customHeaders: Record<string, string>): BehaviorOptions {
    const { region, urlSuffix } = Stack.of(this);
    return {
      origin: new HttpOrigin(`${apiId}.execute-api.${region}.${urlSuffix}`, { customHeaders }),
      allowedMethods: AllowedMethods.ALLOW_ALL,
      cachePolicy: CachePolicy.CACHING_DISABLED,
      originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
    };
  }
}
