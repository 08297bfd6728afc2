import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Duration, Stack } from 'aws-cdk-lib';
import {
  AccessLevel,
  AllowedMethods,
  type BehaviorOptions,
  CacheCookieBehavior,
  CacheHeaderBehavior,
  CachePolicy,
  CacheQueryStringBehavior,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  ResponseHeadersPolicy,
  S3OriginAccessControl,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';

/** What CloudFront does with requests for files: it checks the signature of the URL and caches one copy for everybody. */
export class FilesAtEdge extends Construct {
  readonly behavior: BehaviorOptions;

  /** `keys` are those that sign URLs, by their version. */
  constructor(scope: Construct, id: string, bucket: IBucket, keys: Record<string, string>) {
    super(scope, id);
    const { stackName, region } = Stack.of(this);
    // CloudFront has one list of these names for all regions.
    const name = `${stackName}-files-${region}`;
    const viewerRequest = new EdgeFunction(this, 'ViewerRequest', {
      runtime: FunctionRuntime.JS_2_0,
      code: FunctionCode.fromInline(edgeCode(keys)),
    });
    this.behavior = {
      // The right to list makes S3 answer a request for a missing object with 404 instead of 403.
      origin: S3BucketOrigin.withOriginAccessControl(bucket, {
        originAccessControl: new S3OriginAccessControl(this, 'Access', { originAccessControlName: name }),
        originAccessLevels: [AccessLevel.READ, AccessLevel.LIST],
      }),
      allowedMethods: AllowedMethods.ALLOW_GET_HEAD_OPTIONS,
      viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
      functionAssociations: [{ function: viewerRequest, eventType: FunctionEventType.VIEWER_REQUEST }],
      // Nearly all files are compressed already.
      compress: false,
      cachePolicy: this.cachePolicy(),
      responseHeadersPolicy: this.headersPolicy(name),
    };
  }

  /** The key of the cache is the path alone. How long an object stays is what it says itself, up to a day. */
  private cachePolicy(): CachePolicy {
    return new CachePolicy(this, 'Cache', {
      queryStringBehavior: CacheQueryStringBehavior.none(),
      headerBehavior: CacheHeaderBehavior.none(),
      cookieBehavior: CacheCookieBehavior.none(),
      minTtl: Duration.seconds(0),
      defaultTtl: Duration.seconds(0),
      maxTtl: Duration.days(1),
    });
  }

  /** A browser must not take a file for a page of the app's host: no guessed type, no scripts. */
  private headersPolicy(responseHeadersPolicyName: string): ResponseHeadersPolicy {
    return new ResponseHeadersPolicy(this, 'Headers', {
      responseHeadersPolicyName,
      securityHeadersBehavior: {
        contentTypeOptions: { override: true },
        contentSecurityPolicy: { contentSecurityPolicy: "default-src 'none'; sandbox", override: true },
        strictTransportSecurity: { accessControlMaxAge: Duration.days(365), override: true },
      },
      corsBehavior: {
        accessControlAllowOrigins: ['*'],
        accessControlAllowMethods: ['GET', 'HEAD', 'OPTIONS'],
        accessControlAllowHeaders: ['*'],
        accessControlAllowCredentials: false,
        originOverride: true,
      },
    });
  }
}

/** The code of the edge function with these keys in it. Exported for tests. */
export function edgeCode(keys: Record<string, string>): string {
  const code = readFileSync(join(import.meta.dirname, '../edge/files.js'), 'utf8');
  return code.replace("'FILES_KEYS'", () => JSON.stringify(keys));
}
