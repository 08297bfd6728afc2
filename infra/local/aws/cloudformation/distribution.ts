import * as z from 'zod/mini';
import { idIn } from './arns.ts';
import type { Resources } from './resources.ts';

/** Which requests the CloudFront distribution hands to which API, and what it does to them before. */
export interface EdgeBehavior {
  /** "/ws/*", or "*" for every other path. The star stands for any characters, also none. */
  pattern: string;
  /** Host of the API. */
  host: string;
  /** CloudFront sets these in every request. The values may be dynamic references to secrets. */
  headers: Record<string, string>;
  /** The CloudFront Function that changes or answers the request first. */
  code: string | undefined;
}

const association = z.object({ EventType: z.literal('viewer-request'), FunctionARN: z.string() });
const behavior = z.object({
  PathPattern: z.optional(z.string()),
  TargetOriginId: z.string(),
  FunctionAssociations: z.optional(z.array(association)),
});
const origin = z.object({
  Id: z.string(),
  DomainName: z.string(),
  OriginCustomHeaders: z.optional(z.array(z.object({ HeaderName: z.string(), HeaderValue: z.string() }))),
});
const distribution = z.object({
  DistributionConfig: z.object({
    CacheBehaviors: z.optional(z.array(behavior)),
    DefaultCacheBehavior: behavior,
    Origins: z.array(origin),
  }),
});
const edgeFunction = z.object({ FunctionCode: z.string() });

/** The behaviors in the order in which CloudFront tries them; empty if the template has no distribution. */
export function readEdgeBehaviors(resources: Resources): EdgeBehavior[] {
  return resources.ofType('AWS::CloudFront::Distribution', distribution).flatMap(({ properties }) => {
    const { CacheBehaviors = [], DefaultCacheBehavior, Origins } = properties.DistributionConfig;
    return [...CacheBehaviors, DefaultCacheBehavior].map((each) => {
      const { PathPattern = '*', TargetOriginId, FunctionAssociations: [association] = [] } = each;
      const origin = Origins.find(({ Id }) => Id === TargetOriginId);
      if (!origin) throw new Error(`The distribution has no origin ${TargetOriginId}.`);
      const { DomainName: host, OriginCustomHeaders = [] } = origin;
      const headers = OriginCustomHeaders.map(({ HeaderName, HeaderValue }) => [HeaderName.toLowerCase(), HeaderValue]);
      const code = association && resources.propertiesOf(idIn(association.FunctionARN), edgeFunction).FunctionCode;
      return { pattern: PathPattern, host, headers: Object.fromEntries(headers), code };
    });
  });
}
