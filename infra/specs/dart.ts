import type { Endpoint } from '#shared/contract/endpoint.ts';
import { endpoints } from '#shared/contract/index.ts';
import {
  decoded,
  descriptionOf,
  doc,
  type Field,
  fieldsOf,
  isList,
  lineWidth,
  resolved,
  type Schema,
  typeOf,
} from './dart-types.ts';
import { tags } from './descriptions.ts';
import { componentsFor, operationId, parametersOf, requestRef, responseRef } from './schemas.ts';

/** Without the second line, formatting the package would make these files stale. */
const header = '// Generated from the contract by `npm run specs`: do not edit.\n// dart format off\n';

/** Apps do not read the specifications, and `AuthSession` refreshes the tokens. */
const inDart = endpoints.filter(({ name }) => !name.startsWith('docs/') && name !== 'auth/refresh');

/** A map literal without the entries that are null. */
function mapOf(fields: Field[]): string {
  const entries = fields.map(({ name, required, schema }) => {
    const mark = required ? '' : '?';
    return `'${name}': ${mark}${name}${typeOf(schema) === 'DateTime' ? `${mark}.toUtc().toIso8601String()` : ''}`;
  });
  const line = `{${entries.join(', ')}}`;
  if (line.length <= lineWidth - `      query: ,`.length) return line;
  return `{\n${entries.map((entry) => `        ${entry},\n`).join('')}      }`;
}

/** `start`, the arguments and `end` on one line if they fit, otherwise each argument on its own line. */
function call(start: string, args: string[], end: string, indent: string): string {
  const line = `${indent}${start}${args.join(', ')}${end}\n`;
  if (line.length <= lineWidth || args.length === 0) return line;
  return `${indent}${start}\n${args.map((arg) => `${indent}  ${arg},\n`).join('')}${indent}${end}\n`;
}

/** What a method returns: nothing for a mere success, the only field of an answer, or the whole answer. */
function answerOf({ response }: Endpoint): { type: string; value: string; schema: Schema } {
  const ref = responseRef(response) as Schema;
  const [only, ...others] = fieldsOf(resolved(ref));
  if (!only || others.length > 0) return { type: typeOf(ref), value: `${typeOf(ref)}.fromJson(answer)`, schema: ref };
  const { name, schema } = only;
  if (name === 'success' || schema['x-extensible-enum']?.length === 1) return { type: 'void', value: '', schema: {} };
  return { type: typeOf(schema), value: decoded('answer', only), schema };
}

/** A parameter in a path. An id is safe as it is; `#️⃣` would begin a fragment. */
const inPath = (name: string) => (name.endsWith('Id') ? `$${name}` : `\${Uri.encodeComponent(${name})}`);

/** Parameters of the path are positional, those of the query string and the body are named. */
function methodOf(endpoint: Endpoint): string {
  const { method, path, params, query, body } = endpoint;
  const bodySchema = body && resolved(requestRef(body) as Schema);
  const bodyFields = fieldsOf(bodySchema ?? {});
  const queryFields: Field[] = query ? parametersOf(query) : [];
  const positional = (params ? parametersOf(params) : []).map(({ name }) => `String ${name}`).join(', ');
  const fields = [...queryFields, ...bodyFields].sort((a, b) => Number(b.required) - Number(a.required));
  const named = fields.map(({ name, required, schema }) =>
    required ? `required ${typeOf(schema)} ${name}` : `${typeOf(schema)}? ${name}`,
  );
  const notes = fields.flatMap(({ name, schema }) => {
    const description = descriptionOf(schema);
    return description ? doc(`- [${name}]: ${description}`, '  ', '  ') : [];
  });
  const { type, value } = answerOf(endpoint);
  const start = `Future<${type}> ${operationId(endpoint)}(${positional}`;
  const request = [
    `'${method}'`,
    `'${path.replace(/\{(\w+)\}/g, (_, name: string) => inPath(name))}'`,
    ...(query ? [`query: ${mapOf(queryFields)}`] : []),
    ...(body ? [`body: ${mapOf(bodyFields)}`] : []),
  ];
  return [
    doc([`${endpoint.summary}.`, bodySchema?.description].filter(Boolean).join(' '), '  '),
    notes.length > 0 ? `  ///\n${notes.join('')}` : '',
    named.length > 0 ? call(`${start}${positional && ', '}{`, named, '}) async {', '  ') : `  ${start}) async {\n`,
    call(`${value && 'final answer = '}await _client.send(`, request, ');', '    '),
    value && `    return ${value};\n`,
    '  }\n',
  ].join('');
}

/** docs/flutter/lib/src/rest/chat_api.dart */
export function dartApi(): string {
  const sections = Object.entries(tags).flatMap(([tag, description]) => {
    const methods = inDart.filter(({ name }) => name.startsWith(`${tag}/`)).map(methodOf);
    return methods.length > 0 ? `  // ${description}\n\n${methods.join('\n')}` : [];
  });
  return `${header}
import 'api_client.dart';
import 'json.dart';
import 'models.dart';
import 'session.dart';

/// One method for each endpoint, named after its operation id in openapi.json.
///
/// A method throws an \`ApiProblem\` if the backend refuses, and a \`DioException\` if there is no answer.
class ChatApi {
  ChatApi(this.session) : _client = ApiClient(session);

  final AuthSession session;
  final ApiClient _client;

${sections.join('\n')}}
`;
}

function classOf(name: string, schema: Schema): string {
  const fields = fieldsOf(schema);
  const initializers = fields.map((field) => `${field.name} = ${decoded('json', field)}`);
  const declarations = fields.map(({ name, required, schema }) => {
    const description = descriptionOf(schema);
    const mark = required || isList(schema) ? '' : '?';
    return `${description && `\n${doc(description, '  ')}`}  final ${typeOf(schema)}${mark} ${name};\n`;
  });
  return `class ${name} {
  ${name}.fromJson(Json json)
    : ${initializers.join(',\n      ')};

${declarations.join('').replace(/^\n/, '')}}
`;
}

/** docs/flutter/lib/src/rest/models.dart */
export function dartModels(): string {
  const used = inDart.flatMap((endpoint) => [
    answerOf(endpoint).schema,
    ...fieldsOf(endpoint.body ? resolved(requestRef(endpoint.body) as Schema) : {}).map(({ schema }) => schema),
  ]);
  const classes = Object.entries(componentsFor(JSON.parse(JSON.stringify(used))))
    .filter(([, { properties }]) => properties)
    .map(([name, schema]) => classOf(name, schema as Schema));
  return `${header}
import 'json.dart';

// A field without a value is absent from the JSON, never null. Unknown fields are ignored.

${classes.join('\n')}`;
}
