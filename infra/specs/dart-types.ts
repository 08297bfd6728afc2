import { componentSchema } from './schemas.ts';

/** How the schemas of the contract look in Dart. */

/** The part of JSON Schema that the contract uses. */
export interface Schema {
  $ref?: string;
  type?: string;
  format?: string;
  enum?: string[];
  'x-extensible-enum'?: string[];
  description?: string;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
}
export interface Field {
  name: string;
  required: boolean;
  schema: Schema;
}

export const lineWidth = 120;

const nameOf = (ref: string) => ref.split('/').at(-1) ?? ref;
export const resolved = (schema: Schema): Schema =>
  schema.$ref ? (componentSchema(nameOf(schema.$ref)) as Schema) : schema;
const isClass = (schema: Schema) => schema.$ref !== undefined && resolved(schema).properties !== undefined;
export const isList = (schema: Schema) => resolved(schema).type === 'array';
export const fieldsOf = ({ properties = {}, required = [] }: Schema): Field[] =>
  Object.entries(properties).map(([name, schema]) => ({ name, required: required.includes(name), schema }));

export function typeOf(schema: Schema): string {
  if (schema.$ref && isClass(schema)) return nameOf(schema.$ref);
  const { type = 'object', format, items = {} } = resolved(schema);
  if (type === 'array') return `List<${typeOf(items)}>`;
  if (format === 'date-time') return 'DateTime';
  const types: Record<string, string> = { string: 'String', integer: 'int', number: 'num', boolean: 'bool' };
  return types[type] ?? 'Json';
}

/** The Dart expression that reads a field of parsed JSON. An absent list is an empty one. */
export function decoded(json: string, { name, required, schema }: Field): string {
  const value = `${json}['${name}']`;
  const type = typeOf(schema);
  const { items } = resolved(schema);
  if (items && isClass(items)) return `listOf(${value}, ${typeOf(items)}.fromJson)`;
  if (items) return `${type}.from(${value} as List<dynamic>${required ? '' : '? ?? const []'})`;
  if (isClass(schema)) return required ? `${type}.fromJson(${value} as Json)` : `optional(${value}, ${type}.fromJson)`;
  if (type !== 'DateTime') return `${value} as ${type}${required ? '' : '?'}`;
  return required ? `DateTime.parse(${value} as String)` : `DateTime.tryParse(${value} as String? ?? '')`;
}

/** A doc comment, wrapped. */
export function doc(text: string, indent: string, hanging = ''): string {
  const lines = [''];
  for (const word of text.replaceAll('\n', ' ').split(' ')) {
    const longer = `${lines.at(-1)} ${word}`.trimStart();
    if (`${indent}/// ${hanging}${longer}`.length > lineWidth) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines.map((line, index) => `${indent}/// ${index > 0 ? hanging : ''}${line}\n`).join('');
}

export function descriptionOf(schema: Schema): string {
  const { enum: values, description } = resolved(schema);
  const choice = values && `One of ${values.map((value) => `\`${value}\``).join(', ')}.`;
  return [schema.description ?? description, choice].filter(Boolean).join(' ');
}
