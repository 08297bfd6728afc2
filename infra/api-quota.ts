import type { Config } from './config.ts';

/** API Gateway's quota for an account in a region: requests per second, and how many may arrive at the same moment. */
export interface ApiQuota {
  rateLimit: number;
  burstLimit: number;
}

/** How many frames one page of a large room posts per second: docs/scale.md. */
const postsPerPage = 2500;

/** The largest settings for a quota: two fifths for both APIs together, and half for the pages of one large room. */
export const largestFor = ({ rateLimit, burstLimit }: ApiQuota) => ({
  rateLimit: rateLimit / 5,
  burstLimit: burstLimit / 5,
  parallelPages: Math.max(1, Math.floor(rateLimit / 2 / postsPerPage)),
});

/** Whether one of the settings is larger than the quota allows. */
export function exceedsQuota({ throttle, parallelPages }: Config, quota: ApiQuota): boolean {
  const largest = largestFor(quota);
  return (
    throttle.rateLimit > largest.rateLimit ||
    throttle.burstLimit > largest.burstLimit ||
    parallelPages > largest.parallelPages
  );
}
