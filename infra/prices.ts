/**
 * AWS's on-demand list prices of us-east-1 in dollars, without free tiers. docs/costs.md names each of them, the dashboard
 * shows hourly costs with them, and `npm run costs` calculates with them.
 */

/** For a million. */
export const pricesPerMillion = {
  request: 1,
  frame: 1,
  connectionMinute: 0.25,
  /** CloudFront's, over HTTPS in the US and Europe: $0.0100 per 10,000. */
  edgeRequest: 1,
  edgeFunction: 0.1,
  invocation: 0.2,
  gigabyteSecond: 13.3334,
  writeUnit: 0.625,
  readUnit: 0.125,
  loggedByte: 0.0005,
  queueRequest: 0.4,
  fileWrite: 5,
  fileRead: 0.4,
};

/** For a gigabyte; of what is stored, for a gigabyte in a month. */
export const pricesPerGigabyte = {
  edgeTransfer: 0.085,
  storedFiles: 0.023,
  /** $0.25, and $0.20 for point-in-time recovery. */
  storedItems: 0.45,
};

/** For a month. */
export const pricesPerMonth = { alarm: 0.1, metric: 0.3 };
