import type { RestEvent } from './middleware/rest.ts';
import { settings } from './settings.ts';

/**
 * Whose address a request comes from. Behind CloudFront API Gateway sees CloudFront's, and CloudFront's own word for the
 * client is the last but one of X-Forwarded-For. Anybody can write that header, so it counts only with the secret that
 * CloudFront alone adds.
 */
export function clientIp({ headers, requestContext }: RestEvent): string {
  const forwarded = headers['chat-edge-key'] === settings.edgeKey() && headers['x-forwarded-for'];
  const client = forwarded ? forwarded.split(',').at(-2)?.trim() : undefined;
  return client || requestContext.http.sourceIp;
}
