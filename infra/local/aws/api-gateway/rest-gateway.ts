import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod/mini';
import { reportFailure } from '../../console/printable.ts';
import { readBody } from '../../http/read-body.ts';
import { type Chaos, calm } from '../chaos.ts';
import type { Api } from '../cloudformation/apis.ts';
import { account, apiHost } from '../cloudformation/arns.ts';
import { GatewayTimeout, type LocalLambda, NoConcurrency } from '../lambda/lambda.ts';
import { type FunctionResult, functionResult } from './function-result.ts';
import { Throttle } from './throttle.ts';

/** How long API Gateway waits for a function. */
const timeoutMs = 30_000;

const gatewayAnswer = (statusCode: number, message: string): FunctionResult => ({
  statusCode,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ message }),
});

/** The template's HTTP API, with payload format 2.0. */
export class RestGateway {
  private readonly api: Api;
  private readonly lambdas: Map<string, LocalLambda>;
  private readonly throttle: Throttle;
  private readonly routes: { key: string; method: string; pattern: RegExp; functionId: string }[];

  constructor(api: Api, lambdas: Map<string, LocalLambda>, chaos: Chaos = calm) {
    this.api = api;
    this.throttle = new Throttle(api, chaos);
    this.lambdas = lambdas;
    this.routes = api.routes
      .filter(({ key }) => key !== '$default')
      .map(({ key, functionId }) => {
        const [method = '', path = ''] = key.split(' ');
        return { key, method, functionId, pattern: new RegExp(`^${path.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`) };
      })
      // "/users/me" has to match before "/users/{userId}".
      .sort((a, b) => Number(a.key.includes('{')) - Number(b.key.includes('{')));
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const cors = this.api.cors && request.headers.origin ? this.api.cors : undefined;
    if (cors && request.method === 'OPTIONS') return this.answerPreflight(response, cors);
    const result = await this.invoke(request);
    response.writeHead(result.statusCode ?? 200, {
      ...result.headers,
      ...(result.cookies && { 'set-cookie': result.cookies }),
      ...(cors && {
        'access-control-allow-origin': cors.origins,
        'access-control-expose-headers': cors.exposed,
      }),
    });
    response.end(Buffer.from(result.body ?? '', result.isBase64Encoded ? 'base64' : 'utf8'));
  }

  private answerPreflight(response: ServerResponse, cors: NonNullable<Api['cors']>): void {
    response.writeHead(204, {
      'access-control-allow-origin': cors.origins,
      'access-control-allow-methods': cors.methods,
      'access-control-allow-headers': cors.headers,
      'access-control-max-age': cors.maxAge,
    });
    response.end();
  }

  private async invoke(request: IncomingMessage): Promise<FunctionResult> {
    const event = this.eventOf(request, String(await readBody(request)));
    if (this.throttle.refuses(event.routeKey)) return gatewayAnswer(429, 'Too Many Requests');
    const lambda = this.lambdas.get(this.functionFor(event.routeKey));
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

  private functionFor(routeKey: string): string {
    return this.api.routes.find(({ key }) => key === routeKey)?.functionId ?? '';
  }

  private eventOf(request: IncomingMessage, body: string): APIGatewayProxyEventV2 {
    const { method = 'GET', headers, socket } = request;
    const [path = '/', ...search] = (request.url ?? '/').split('?');
    const query = new URLSearchParams(search.join('?'));
    const route = this.routes.find((candidate) => candidate.method === method && candidate.pattern.test(path));
    const routeKey = route?.key ?? '$default';
    const params = route?.pattern.exec(path)?.groups;
    const now = new Date();
    return {
      version: '2.0',
      routeKey,
      rawPath: path,
      rawQueryString: query.toString(),
      headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
      ...(query.size > 0 && { queryStringParameters: joinValues(query) }),
      ...(params && {
        pathParameters: Object.fromEntries(Object.entries(params).map(([name, value]) => [name, decode(value)])),
      }),
      requestContext: {
        accountId: account,
        apiId: this.api.id,
        domainName: apiHost(this.api.id),
        domainPrefix: this.api.id,
        http: {
          method,
          path,
          protocol: 'HTTP/1.1',
          sourceIp: socket.remoteAddress ?? '',
          userAgent: headers['user-agent'] ?? '',
        },
        requestId: randomUUID(),
        routeKey,
        stage: this.api.stage,
        time: now.toISOString(),
        timeEpoch: now.getTime(),
      },
      ...(body !== '' && { body }),
      isBase64Encoded: false,
    };
  }
}

/** API Gateway joins the values of a repeated parameter with commas. */
function joinValues(query: URLSearchParams): Record<string, string> {
  return Object.fromEntries([...new Set(query.keys())].map((name) => [name, query.getAll(name).join(',')]));
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/** A result without a status code is the body of a 200 answer. */
function resultOf(result: unknown): FunctionResult {
  if (typeof result === 'object' && result !== null && 'statusCode' in result) return z.parse(functionResult, result);
  return { statusCode: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(result) };
}
