import * as z from 'zod/mini';
import { bucketHost, distributionHost, idIn } from './arns.ts';
import { readBuckets } from './buckets.ts';
import { type AddedHeader, readAddedHeaders } from './headers-policy.ts';
import type { Resources } from './resources.ts';

/** Which requests the CloudFront distribution hands to which API or bucket, and what it does to them before. */
export interface EdgeBehavior {
  /** "/ws/*", or "*" for every other path. The star stands for any characters, also none. */
  pattern: string;
  /** Host of the API or bucket. */
  host: string;
  bucket?: BucketOrigin | undefined;
  /** CloudFront refuses others. */
  methods: string[];
  /** CloudFront sets these in every request. The values may be dynamic references to secrets. */
  headers: Record<string, string>;
  /** The CloudFront Function that changes or answers the request first. */
  code: string | undefined;
}

/** A bucket behind the distribution. */
export interface BucketOrigin {
  id: string;
  /** What CloudFront adds to its answers. */
  addedHeaders: AddedHeader[];
}

const association = z.object({ EventType: z.literal('viewer-request'), FunctionARN: z.string() });
const behavior = z.object({
  PathPattern: z.optional(z.string()),
  TargetOriginId: z.string(),
  AllowedMethods: z._default(z.array(z.string()), ['GET', 'HEAD']),
  ResponseHeadersPolicyId: z.optional(z.string()),
  FunctionAssociations: z.optional(z.array(association)),
});
const origin = z.object({
  Id: z.string(),
  DomainName: z.string(),
  OriginAccessControlId: z.optional(z.string()),
  OriginCustomHeaders: z.optional(z.array(z.object({ HeaderName: z.string(), HeaderValue: z.string() }))),
});
const distribution = z.object({
  DistributionConfig: z.object({
    Aliases: z._default(z.array(z.string()), []),
    CacheBehaviors: z.optional(z.array(behavior)),
    DefaultCacheBehavior: behavior,
    Origins: z.array(origin),
  }),
});
const distributionType = 'AWS::CloudFront::Distribution';
const edgeFunction = z.object({ FunctionCode: z.string() });

export function readDistributionHosts(resources: Resources): string[] {
  return resources
    .ofType(distributionType, distribution)
    .flatMap(({ id, properties }) => [distributionHost(id), ...properties.DistributionConfig.Aliases]);
}

/** The behaviors in the order in which CloudFront tries them; empty if the template has no distribution. */
export function readEdgeBehaviors(resources: Resources): EdgeBehavior[] {
  return resources.ofType(distributionType, distribution).flatMap(({ properties }) => {
    const { CacheBehaviors = [], DefaultCacheBehavior, Origins } = properties.DistributionConfig;
    return [...CacheBehaviors, DefaultCacheBehavior].map((each) => {
      const { PathPattern = '*', TargetOriginId, FunctionAssociations: [association] = [], AllowedMethods } = each;
      const origin = Origins.find(({ Id }) => Id === TargetOriginId);
      if (!origin) throw new Error(`The distribution has no origin ${TargetOriginId}.`);
      const { DomainName: host, OriginCustomHeaders = [] } = origin;
      const headers = OriginCustomHeaders.map(({ HeaderName, HeaderValue }) => [HeaderName.toLowerCase(), HeaderValue]);
      const code = association && resources.propertiesOf(idIn(association.FunctionARN), edgeFunction).FunctionCode;
      return {
        pattern: PathPattern,
        host,
        bucket: bucketOf(resources, origin, each.ResponseHeadersPolicyId),
        methods: AllowedMethods,
        headers: Object.fromEntries(headers),
        code,
      };
    });
  });
}

/**
 * The bucket that is the origin, if it is one. Throws if CloudFront would not sign its requests, so that S3 would refuse
 * them.
 */
function bucketOf(
  resources: Resources,
  { Id, DomainName, OriginAccessControlId }: z.output<typeof origin>,
  policy: string | undefined,
): BucketOrigin | undefined {
  const bucket = readBuckets(resources).find(({ id }) => bucketHost(id) === DomainName);
  if (bucket && OriginAccessControlId === undefined)
    throw new Error(`The origin ${Id} of the distribution is a bucket, but has no origin access control.`);
  if (!bucket && policy !== undefined)
    throw new Error(`The runner adds headers only to the answers of a bucket, and the origin ${Id} is something else.`);
  return bucket && { id: bucket.id, addedHeaders: policy === undefined ? [] : readAddedHeaders(resources, policy) };
}
