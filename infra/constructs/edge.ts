import { join } from 'node:path';
import { Duration, Stack } from 'aws-cdk-lib';
import type { HttpApi, WebSocketApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
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
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { AaaaRecord, ARecord, HostedZone, RecordTarget } from 'aws-cdk-lib/aws-route53';
import { CloudFrontTarget } from 'aws-cdk-lib/aws-route53-targets';
import { Construct } from 'constructs';
import type { Config } from '../config.ts';

export interface EdgeProps extends Pick<Config, 'domain' | 'waf'> {
  rest: HttpApi;
  socket: WebSocketApi;
  /** CloudFront adds these to every request. */
  headers: Record<string, string>;
}

/**
 * One host for both APIs: https://HOST/... and wss://HOST/ws/inbox?token=... or /ws/chat/{chatId}?token=... It writes no
 * access log; the reason is at CFR3 in nag-exceptions.ts.
 */
export class Edge extends Construct {
  readonly host: string;
  /** CloudFront's name of the host. The CNAME of a domain whose zone is elsewhere points to it. */
  readonly distributionHost: string;
  readonly distribution: Distribution;

  constructor(scope: Construct, id: string, { rest, socket, headers, domain, waf }: EdgeProps) {
    super(scope, id);
    const viewerRequest = new EdgeFunction(this, 'ViewerRequest', {
      runtime: FunctionRuntime.JS_2_0,
      code: FunctionCode.fromFile({ filePath: join(import.meta.dirname, '../edge/viewer-request.js') }),
    });
    const sockets: BehaviorOptions = {
      ...this.behaviorFor(socket.apiId, headers),
      functionAssociations: [{ function: viewerRequest, eventType: FunctionEventType.VIEWER_REQUEST }],
    };
    const { certificateArn } = domain ?? {};
    this.distribution = new Distribution(this, 'Distribution', {
      comment: Stack.of(this).stackName,
      ...(domain &&
        certificateArn && {
          domainNames: [domain.name],
          certificate: Certificate.fromCertificateArn(this, 'Certificate', certificateArn),
          minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
        }),
      ...(waf?.webAclArn && { webAclId: waf.webAclArn }),
      // By default CloudFront caches an error for ten seconds and answers other clients with it.
      errorResponses: [403, 404, 405, 414, 500, 501, 502, 503, 504].map((httpStatus) => ({
        httpStatus,
        ttl: Duration.seconds(0),
      })),
      defaultBehavior: this.behaviorFor(rest.apiId, headers),
      additionalBehaviors: {
        '/ws/*': sockets,
        // A base URL with a slash at its end makes //ws/inbox. A pattern without a leading slash may mean one with it, so this
        // one alone might not match /ws/inbox.
        '*/ws/*': sockets,
      },
    });
    if (domain && certificateArn) this.addRecords(this.distribution, domain);
    this.distributionHost = this.distribution.distributionDomainName;
    this.host = domain && certificateArn ? domain.name : this.distributionHost;
  }

  /** Creates the records of the host, if its zone is in Route 53. */
  private addRecords(distribution: Distribution, { name, zone: at }: NonNullable<Config['domain']>): void {
    if (!at) return;
    const zone = HostedZone.fromHostedZoneAttributes(this, 'Zone', { hostedZoneId: at.id, zoneName: at.name });
    const target = RecordTarget.fromAlias(new CloudFrontTarget(distribution));
    // The dot at the end makes it a complete name, so that CDK does not append the zone's.
    new ARecord(this, 'Ipv4', { zone, recordName: `${name}.`, target });
    new AaaaRecord(this, 'Ipv6', { zone, recordName: `${name}.`, target });
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
