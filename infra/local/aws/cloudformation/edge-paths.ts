import * as z from 'zod/mini';
import { idIn } from './arns.ts';
import type { Resources } from './resources.ts';

/** A path of the CloudFront distribution, such as "/ws/*", and the code of the CloudFront Function that it runs. */
export interface EdgePath {
  pattern: string;
  code: string;
}

const association = z.object({ EventType: z.literal('viewer-request'), FunctionARN: z.string() });
const cacheBehavior = z.object({ PathPattern: z.string(), FunctionAssociations: z.optional(z.array(association)) });
const distribution = z.object({
  DistributionConfig: z.object({ CacheBehaviors: z.optional(z.array(cacheBehavior)) }),
});
const edgeFunction = z.object({ FunctionCode: z.string() });

export function readEdgePaths(resources: Resources): EdgePath[] {
  return resources
    .ofType('AWS::CloudFront::Distribution', distribution)
    .flatMap(({ properties }) => properties.DistributionConfig.CacheBehaviors ?? [])
    .flatMap(({ PathPattern, FunctionAssociations = [] }) =>
      FunctionAssociations.map(({ FunctionARN }) => ({
        pattern: PathPattern,
        code: resources.propertiesOf(idIn(FunctionARN), edgeFunction).FunctionCode,
      })),
    );
}
