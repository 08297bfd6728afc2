import type { Api } from '../cloudformation/apis.ts';
import type { ApiRequest } from './api-request.ts';
import type { FunctionResult } from './function-result.ts';

type Headers = NonNullable<FunctionResult['headers']>;

/**
 * The headers of an answer after API Gateway has applied the API's CORS configuration: it drops the function's own CORS
 * headers, and adds the configured ones if the request has an Origin and, for OPTIONS, names a method too. The function
 * decides the status: a `$default` route receives OPTIONS like any other request.
 */
export function corsHeaders(cors: Api['cors'], { method, headers: sent }: ApiRequest, headers: Headers = {}): Headers {
  if (!cors) return headers;
  const own = Object.entries(headers).filter(([name]) => !name.toLowerCase().startsWith('access-control-'));
  return { ...Object.fromEntries(own), ...configured(cors, method, sent) };
}

function configured(cors: NonNullable<Api['cors']>, method: string, sent: ApiRequest['headers']): Headers {
  if (sent.origin === undefined) return {};
  const allowOrigin = { 'access-control-allow-origin': cors.origins };
  if (method !== 'OPTIONS') return { ...allowOrigin, 'access-control-expose-headers': cors.exposed };
  if (sent['access-control-request-method'] === undefined) return {};
  return {
    ...allowOrigin,
    'access-control-allow-methods': cors.methods,
    'access-control-allow-headers': cors.headers,
    'access-control-max-age': cors.maxAge,
  };
}
