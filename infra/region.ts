import { RegionInfo } from 'aws-cdk-lib/region-info';

const reasons: Record<string, string> = {
  'aws-cn': "its services' host names end in amazonaws.com.cn, and the functions call those in amazonaws.com",
  'aws-us-gov': 'CloudFront, which is in front of both APIs, does not exist there',
};

/**
 * Throws for a region outside the partition "aws", which all public regions but those of China and GovCloud are in. CDK's
 * command sets the environment variable from the profile; without it, nothing is deployed.
 */
export function checkRegion(region = process.env.CDK_DEFAULT_REGION): void {
  const partition = region && RegionInfo.get(region).partition;
  if (!partition || partition === 'aws') return;
  const reason = reasons[partition] ?? 'its host names differ, and CloudFront may be missing';
  throw new Error(
    `The region ${region} is in the partition ${partition}: ${reason}. Choose another region, such as eu-central-1.`,
  );
}
