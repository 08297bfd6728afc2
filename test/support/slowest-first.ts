import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take a minute or more, the longest first. */
const slow = [
  'e2e/start',
  'docs/readme',
  'delivery/histories',
  'e2e/contract',
  'functions/growth',
  'docs/runbooks',
  'e2e/gateway',
  'delivery/push-histories',
].map((name) => `/test/${name}.test.ts`);

/**
 * Begins with the slow files, so that none of them runs alone at the end. Vitest begins with the largest ones as long as it
 * has not measured them, which is after each `npm ci`.
 */
export class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const place = slow.findIndex((ending) => moduleId.endsWith(ending));
      return place < 0 ? slow.length : place;
    };
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}
