import * as z from 'zod/mini';
import type { FunctionConfig } from './functions.ts';
import type { Resources } from './resources.ts';

const table = z.object({
  AttributeDefinitions: z.array(z.object({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) })),
  KeySchema: z.array(z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) })),
  TimeToLiveSpecification: z.optional(z.object({ Enabled: z.boolean(), AttributeName: z.string() })),
});

export interface Table {
  name: string;
  attributes: z.output<typeof table>['AttributeDefinitions'];
  keys: z.output<typeof table>['KeySchema'];
  ttl: z.output<typeof table>['TimeToLiveSpecification'];
}

/**
 * The template's tables, and one that was restored from a backup and replaces Chat. The template has only its name, in the
 * functions' environment; all tables have the same layout.
 */
export function readTables(resources: Resources, functions: FunctionConfig[]): Table[] {
  const own = ownTables(resources);
  const names = new Set(functions.flatMap(({ environment }) => environment.CHAT_TABLE ?? []));
  const restored = [...names].filter((name) => !own.some((table) => table.name === name));
  return [...own, ...own.slice(0, 1).flatMap((table) => restored.map((name) => ({ ...table, name })))];
}

function ownTables(resources: Resources): Table[] {
  return resources.ofType('AWS::DynamoDB::GlobalTable', table).map(({ id, properties }) => ({
    name: id,
    attributes: properties.AttributeDefinitions,
    keys: properties.KeySchema,
    ttl: properties.TimeToLiveSpecification,
  }));
}
