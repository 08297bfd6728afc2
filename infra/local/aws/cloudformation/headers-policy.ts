import * as z from 'zod/mini';
import type { Resources } from './resources.ts';

/** A header that CloudFront adds to the origin's answers; it replaces the origin's own only with `override`. */
export interface AddedHeader {
  name: string;
  value: string;
  override: boolean;
  /** Whether it is only for requests with an `Origin`. */
  forOtherOrigins?: true;
}

const overridable = { Override: z.boolean() };
const items = z.object({ Items: z.array(z.string()) });

/** Reads only the CORS settings for GET and HEAD, because the edge function answers preflights. */
const cors = z.strictObject({
  AccessControlAllowCredentials: z.literal(false),
  AccessControlAllowHeaders: items,
  AccessControlAllowMethods: items,
  AccessControlAllowOrigins: z.object({ Items: z.tuple([z.literal('*')]) }),
  OriginOverride: z.boolean(),
});
const security = z.strictObject({
  ContentSecurityPolicy: z.optional(z.object({ ContentSecurityPolicy: z.string(), ...overridable })),
  ContentTypeOptions: z.optional(z.object(overridable)),
  // Browsers ignore it without TLS.
  StrictTransportSecurity: z.optional(z.unknown()),
});
const policy = z.object({
  ResponseHeadersPolicyConfig: z.strictObject({
    Name: z.string(),
    CorsConfig: z.optional(cors),
    SecurityHeadersConfig: z.optional(security),
  }),
});

/** The headers of a response headers policy. Throws on a setting that the runner does not know. */
export function readAddedHeaders(resources: Resources, policyId: string): AddedHeader[] {
  const { CorsConfig, SecurityHeadersConfig } = resources.propertiesOf(policyId, policy).ResponseHeadersPolicyConfig;
  const { ContentSecurityPolicy: csp, ContentTypeOptions: type } = SecurityHeadersConfig ?? {};
  const [origin, forOtherOrigins] = ['access-control-allow-origin', true as const];
  return [
    ...(csp ? [{ name: 'content-security-policy', value: csp.ContentSecurityPolicy, override: csp.Override }] : []),
    ...(type ? [{ name: 'x-content-type-options', value: 'nosniff', override: type.Override }] : []),
    ...(CorsConfig ? [{ name: origin, value: '*', override: CorsConfig.OriginOverride, forOtherOrigins }] : []),
  ];
}
