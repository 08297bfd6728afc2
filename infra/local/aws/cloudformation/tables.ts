import * as z from 'zod/mini';
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

export function readTables(resources: Resources): Table[] {
  return resources.ofType('AWS::DynamoDB::GlobalTable', table).map(({ id, properties }) => ({
    name: id,
    attributes: properties.AttributeDefinitions,
    keys: properties.KeySchema,
    ttl: properties.TimeToLiveSpecification,
  }));
}
