import type { TestProject } from 'vitest/node';
import { startDatabase } from '../../infra/local/aws/dynamodb/dynamodb-local.ts';

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const database = await startDatabase(undefined);
  project.provide('dynamodb', database.endpoint);
  return () => database.stop();
}
