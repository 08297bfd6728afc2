import * as z from 'zod/mini';
import type { Statement } from '../iam/policies.ts';
import type { Resources } from './resources.ts';

/** Which pages of other origins may use a bucket. */
export interface CorsRule {
  origins: string[];
  methods: string[];
  headers: string[];
  exposed: string[];
  maxAge?: number | undefined;
}

export interface BucketConfig {
  id: string;
  cors: CorsRule[];
  /** What the bucket's policy allows to the distribution. */
  forCloudFront: Statement[];
  /** The ARNs of objects, with stars, that only a PutObject with `If-None-Match` may write. */
  newOnly: string[];
  /** Objects that are deleted so many days after they were written. */
  expiring: { prefix: string; days: number }[];
}

const corsRule = z.object({
  AllowedOrigins: z.array(z.string()),
  AllowedMethods: z.array(z.string()),
  AllowedHeaders: z._default(z.array(z.string()), []),
  ExposedHeaders: z._default(z.array(z.string()), []),
  MaxAge: z.optional(z.number()),
});
const lifecycleRule = z.strictObject({
  Id: z.string(),
  Status: z.literal('Enabled'),
  Prefix: z._default(z.string(), ''),
  ExpirationInDays: z.optional(z.number()),
  // Nothing is uploaded in parts here.
  AbortIncompleteMultipartUpload: z.optional(z.unknown()),
});
const bucket = z.object({
  LifecycleConfiguration: z.optional(z.object({ Rules: z.array(lifecycleRule) })),
  CorsConfiguration: z.optional(z.object({ CorsRules: z.array(corsRule) })),
});
const bucketPolicy = z.object({
  Bucket: z.string(),
  PolicyDocument: z.object({ Statement: z.array(z.unknown()) }),
});

const oneOrMore = z.pipe(
  z.union([z.string(), z.array(z.string())]),
  z.transform((value) => [value].flat()),
);
const anybody = z.union([z.literal('*'), z.strictObject({ AWS: z.literal('*') })]);
const sid = { Sid: z.optional(z.string()) };

/** Requests without TLS; there are none on AWS that this one could stand for. */
const tlsOnly = z.strictObject({
  ...sid,
  Effect: z.literal('Deny'),
  Principal: anybody,
  Action: z.literal('s3:*'),
  Resource: oneOrMore,
  Condition: z.strictObject({ Bool: z.strictObject({ 'aws:SecureTransport': z.literal('false') }) }),
});
const newOnly = z.strictObject({
  ...sid,
  Effect: z.literal('Deny'),
  Principal: anybody,
  Action: z.literal('s3:PutObject'),
  Resource: oneOrMore,
  Condition: z.strictObject({ Null: z.strictObject({ 's3:if-none-match': z.literal('true') }) }),
});
/** The only distribution of the template is the one that the condition names. */
const forCloudFront = z.strictObject({
  ...sid,
  Effect: z.literal('Allow'),
  Principal: z.strictObject({ Service: z.literal('cloudfront.amazonaws.com') }),
  Action: oneOrMore,
  Resource: oneOrMore,
  Condition: z.strictObject({ StringEquals: z.strictObject({ 'AWS:SourceArn': z.string() }) }),
});

export function readBuckets(resources: Resources): BucketConfig[] {
  const policies = resources.ofType('AWS::S3::BucketPolicy', bucketPolicy);
  return resources.ofType('AWS::S3::Bucket', bucket).map(({ id, properties }) => ({
    id,
    cors: (properties.CorsConfiguration?.CorsRules ?? []).map((rule) => ({
      origins: rule.AllowedOrigins,
      methods: rule.AllowedMethods,
      headers: rule.AllowedHeaders,
      exposed: rule.ExposedHeaders,
      maxAge: rule.MaxAge,
    })),
    expiring: (properties.LifecycleConfiguration?.Rules ?? []).flatMap(({ Prefix: prefix, ExpirationInDays: days }) =>
      days === undefined ? [] : [{ prefix, days }],
    ),
    ...evaluated(policies.filter(({ properties }) => properties.Bucket === id)),
  }));
}

/** Throws on a statement that the runner does not know: ignoring it could allow something here that S3 refuses. */
function evaluated(
  policies: { properties: z.output<typeof bucketPolicy> }[],
): Pick<BucketConfig, 'forCloudFront' | 'newOnly'> {
  const config = { forCloudFront: [] as Statement[], newOnly: [] as string[] };
  for (const statement of policies.flatMap(({ properties }) => properties.PolicyDocument.Statement)) {
    const [allow, deny] = [z.safeParse(forCloudFront, statement), z.safeParse(newOnly, statement)];
    if (allow.success) config.forCloudFront.push({ actions: allow.data.Action, resources: allow.data.Resource });
    else if (deny.success) config.newOnly.push(...deny.data.Resource);
    else if (!z.safeParse(tlsOnly, statement).success)
      throw new Error(`The runner does not evaluate this statement of a bucket policy: ${JSON.stringify(statement)}.`);
  }
  return config;
}
