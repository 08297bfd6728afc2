import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const securityPage = readFileSync(join(import.meta.dirname, '../../docs/security.md'), 'utf8');

/** The rows of docs/security.md that name the test that shows a requirement. */
export const requirementRows = [...securityPage.matchAll(/^\| ([\d., (L3)]+) \| .* \| `(test\/\S+)` "(.+)" \|$/gm)].map(
  ([, requirement = '', file = '', title = '']) => ({
    requirement,
    numbers: requirement.replace(' (L3)', '').split(', '),
    file,
    title,
  }),
);
