import * as z from 'zod/mini';
import { type Endpoint, type Limit, problemsOf } from '#shared/contract/endpoint.ts';
import { endpoints } from '#shared/contract/index.ts';
import { problem } from '#shared/contract/problem.ts';
import { type ProblemCode, problems } from '#shared/contract/problems.ts';
import { bearerDescription, license, restDescription, tags, title, titleOf } from './descriptions.ts';
import {
  fieldErrors,
  pathExample,
  problemExample,
  queryExample,
  requestExamples,
  responseExample,
} from './fixtures.ts';
import { compact, type JsonObject } from './json.ts';
import { componentsFor, operationId, parametersOf, requestRef, responseRef } from './schemas.ts';

/** The REST endpoints as OpenAPI 3.1. */
export function openapi(version: string): JsonObject {
  const paths: Record<string, JsonObject> = {};
  for (const endpoint of endpoints) {
    const { path, method } = endpoint;
    paths[path] = { ...paths[path], [method.toLowerCase()]: operation(endpoint) };
  }
  return {
    openapi: '3.1.0',
    info: { title, version, description: restDescription, license },
    servers: [
      { url: 'http://localhost:3000', description: 'npm start' },
      {
        url: 'https://{host}',
        description: 'AWS: ApiBaseUrl in the outputs of cdk deploy',
        variables: { host: { default: 'd111111abcdef8.cloudfront.net' } },
      },
    ],
    tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
    paths,
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: bearerDescription },
      },
      headers: {
        RequestId: { description: 'Identifies the request in the log.', schema: { type: 'string' } },
        RetryAfter: {
          description: 'Seconds to wait before a retry. Some refusals with this status have no such header.',
          schema: { type: 'integer' },
        },
      },
      responses: Object.fromEntries(
        endpoints
          .flatMap(refusalsOf)
          .sort((one, other) => one.status - other.status)
          .map((refusal) => [refusal.name, refusalResponse(refusal)]),
      ),
      schemas: componentsFor([Object.values(paths), responseRef(problem)]),
      examples: Object.fromEntries(
        endpoints
          .flatMap((endpoint) => problemsOf(endpoint).map((code) => problemComponent(endpoint, code)))
          .sort(([one], [other]) => (one < other ? -1 : 1)),
      ),
    },
  };
}

const tagOf = ({ name }: Endpoint): string => name.split('/')[0] ?? name;

function operation(endpoint: Endpoint): JsonObject {
  const { access, summary, body, response, limits = [] } = endpoint;
  const parameters = parametersFor(endpoint);
  const ref = responseRef(response);
  return compact({
    operationId: operationId(endpoint),
    summary: titleOf(endpoint),
    description: [`${summary}.`, ...limits.map(limitText)].join(' '),
    tags: [tagOf(endpoint)],
    security: access === 'public' ? [] : [{ bearer: [] }],
    parameters: parameters.length > 0 ? parameters : undefined,
    // A missing body counts as an empty object.
    requestBody: body && {
      required: !z.safeParse(body, {}).success,
      content: content(requestRef(body), requestExamples(endpoint)),
    },
    responses: {
      200: {
        description: 'OK',
        headers: { 'x-request-id': { $ref: '#/components/headers/RequestId' } },
        content: content(ref, [responseExample(endpoint, ref)]),
      },
      ...Object.fromEntries(
        refusalsOf(endpoint).map(({ status, name }) => [status, { $ref: `#/components/responses/${name}` }]),
      ),
    },
  });
}

function parametersFor(endpoint: Endpoint): JsonObject[] {
  const { params, query } = endpoint;
  const example = queryExample(endpoint);
  const inPath = (params ? parametersOf(params) : []).map((parameter) =>
    compact({ ...parameter, in: 'path', example: pathExample[parameter.name] }),
  );
  const inQuery = (query ? parametersOf(query) : []).map((parameter) =>
    compact({ ...parameter, in: 'query', example: example[parameter.name] }),
  );
  return [...inPath, ...inQuery];
}

const content = (schema: JsonObject, examples: JsonObject[]): JsonObject => ({
  'application/json': {
    schema,
    ...(examples.length === 1
      ? { example: examples[0] ?? {} }
      : { examples: Object.fromEntries(examples.map((value) => [fieldsOf(value), { value }])) }),
  },
});

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

/** The name of an example, made from its fields: `emailAndPassword`. */
const fieldsOf = (example: JsonObject): string =>
  Object.keys(example)
    .map((field, index) => (index === 0 ? field : `And${capital(field)}`))
    .join('');

/** The codes of an endpoint that have the same status, each with the name of its example. */
interface Refusal {
  name: string;
  status: number;
  examples: { code: ProblemCode; name: string }[];
}

/** Endpoints with the same codes share a refusal, except for `invalid_input`, whose example names a field. */
function refusalsOf(endpoint: Endpoint): Refusal[] {
  const codes = problemsOf(endpoint).sort();
  return [...Map.groupBy(codes, (code) => problems[code].status)].map(([status, ofStatus]) => {
    const examples = ofStatus.map((code) => ({ code, name: exampleName(endpoint, code) }));
    return { name: [status, ...examples.map(({ name }) => name)].join('.'), status, examples };
  });
}

const exampleName = (endpoint: Endpoint, code: ProblemCode): string =>
  code === 'invalid_input' ? `invalid_input-${operationId(endpoint)}` : code;

function problemComponent(endpoint: Endpoint, code: ProblemCode): [string, JsonObject] {
  const errors = code === 'invalid_input' ? fieldErrors(endpoint) : undefined;
  return [exampleName(endpoint, code), { value: problemExample(code, errors) }];
}

function refusalResponse({ status, examples }: Refusal): JsonObject {
  const retryAfter = status === 429 || status === 503;
  return {
    description: examples.map(({ code }) => `\`${code}\`: ${problems[code].title}`).join('\n\n'),
    headers: {
      'x-request-id': { $ref: '#/components/headers/RequestId' },
      ...(retryAfter && { 'retry-after': { $ref: '#/components/headers/RetryAfter' } }),
    },
    content: {
      'application/problem+json': {
        schema: responseRef(problem),
        examples: Object.fromEntries(
          examples.map(({ code, name }) => [code, { $ref: `#/components/examples/${name}` }]),
        ),
      },
    },
  };
}

const units: [number, string][] = [
  [86_400, 'day'],
  [3600, 'hour'],
  [60, 'minute'],
  [1, 'second'],
];

/** The limit as text: "At most 20 in 1 minute per user." */
function limitText({ per, allow, within, counts }: Limit): string {
  const [seconds, unit] = units.find(([length]) => within % length === 0) ?? [1, 'second'];
  const count = within / seconds;
  const what = counts === 'wrong guesses' ? ' wrong guesses' : '';
  const max = typeof allow === 'number' ? `${allow}${what}` : 'the operator’s limit';
  return `At most ${max} in ${count} ${unit}${count === 1 ? '' : 's'} per ${per === 'ip' ? 'address' : per}.`;
}
