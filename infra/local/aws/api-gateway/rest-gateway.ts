import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod/mini';
import { reportFailure } from '../../console/printable.ts';
import { readBody } from '../../http/read-body.ts';
import { type Chaos, calm } from '../chaos.ts';
import type { Api } from '../cloudformation/apis.ts';
import { Roles } from '../iam/roles.ts';
import { GatewayTimeout, NoConcurrency } from '../lambda/lambda.ts';
import type { ApiRequest } from './api-request.ts';
import { corsHeaders } from './cors.ts';
import { type FunctionResult, functionResult } from './function-result.ts';
import { callerOf } from './iam-authorizer.ts';
import type { Invocable } from './invocable.ts';
import { decodedPath, type Match, restEvent } from './rest-event.ts';
import { Throttle } from './throttle.ts';

/** How long API Gateway waits for a function. */
const timeoutMs = 30_000;
/** API Gateway's quota for the request line and the values of the headers, bytes. */
const maxHeaderBytes = 10_240;
/** Lambda's quota for an event, bytes. */
const maxEventBytes = 6 * 1024 * 1024;

const gatewayAnswer = (statusCode: number, message: string): FunctionResult => ({
  statusCode,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ message }),
});

/** The template's HTTP API, with payload format 2.0. */
export class RestGateway {
  private readonly api: Api;
  private readonly lambdas: Map<string, Invocable>;
  private readonly throttle: Throttle;
  private readonly roles: Roles;
  private readonly routes: { key: string; method: string; pattern: RegExp }[];

  /** `roles` know who may call the routes that take only signed requests. */
  constructor(api: Api, lambdas: Map<string, Invocable>, roles = new Roles([]), chaos: Chaos = calm) {
    this.api = api;
    this.roles = roles;
    this.throttle = new Throttle(api, chaos);
    this.lambdas = lambdas;
    this.routes = api.routes
      .filter(({ key }) => key !== '$default')
      .map(({ key }) => {
        const [method = '', path = ''] = key.split(' ');
        return { key, method, pattern: new RegExp(`^${path.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`) };
      })
      // "/users/me" has to match before "/users/{userId}".
      .sort((a, b) => Number(a.key.includes('{')) - Number(b.key.includes('{')));
  }

  /** Answers `request`, whose body comes from `incoming`. */
  async handle(request: ApiRequest, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const tooLong = headerBytes(request) > maxHeaderBytes;
    const result = tooLong
      ? gatewayAnswer(431, 'Request Header Fields Too Large')
      : await this.invoke(request, await readBody(incoming));
    const body = Buffer.from(result.body ?? '', result.isBase64Encoded ? 'base64' : 'utf8');
    const status = result.statusCode ?? 200;
    response.writeHead(status, {
      ...corsHeaders(this.api.cors, request, result.headers),
      ...(result.cookies && { 'set-cookie': result.cookies }),
      // The answer to HEAD has it too, without the body.
      ...(status !== 204 && { 'content-length': body.length }),
    });
    response.end(body);
  }

  private async invoke(request: ApiRequest, body: Buffer): Promise<FunctionResult> {
    const match = this.match(request);
    if (this.throttle.refuses(match.routeKey)) return gatewayAnswer(429, 'Too Many Requests');
    const route = this.api.routes.find(({ key }) => key === match.routeKey);
    const caller = route?.signed ? callerOf(this.api, request, body, this.roles) : undefined;
    if (route?.signed && !caller) return gatewayAnswer(403, 'Forbidden');
    const event = restEvent(this.api, request, { ...match, caller }, body);
    if (Buffer.byteLength(JSON.stringify(event)) > maxEventBytes) return gatewayAnswer(413, 'Request Entity Too Large');
    const lambda = this.lambdas.get(route?.functionId ?? '');
    if (!lambda) return gatewayAnswer(404, 'Not Found');
    try {
      return resultOf(await lambda.invoke(event, timeoutMs));
    } catch (error) {
      reportFailure(error);
      if (error instanceof GatewayTimeout || error instanceof NoConcurrency)
        return gatewayAnswer(503, 'Service Unavailable');
      return gatewayAnswer(500, 'Internal Server Error');
    }
  }

  private match({ method, url }: ApiRequest): Match {
    const path = decodedPath(url);
    const route = this.routes.find((candidate) => candidate.method === method && candidate.pattern.test(path));
    return { routeKey: route?.key ?? '$default', params: route?.pattern.exec(path)?.groups };
  }
}

function headerBytes({ method, url, headers }: ApiRequest): number {
  const values = Object.values(headers).flatMap((value = '') => value);
  return Buffer.byteLength([`${method} ${url} HTTP/1.1`, ...values].join(''));
}

/** A result without a status code is the body of a 200 answer. */
function resultOf(result: unknown): FunctionResult {
  if (typeof result === 'object' && result !== null && 'statusCode' in result) return z.parse(functionResult, result);
  return { statusCode: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(result) };
}
