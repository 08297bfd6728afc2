import { spawnSync } from 'node:child_process';
import { hash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { policiesIn } from './policies.ts';
import { synthesizeAll } from './synthesize.ts';

/** `npm run lint:templates`: cfn-lint and parliament, two linters in Python, on the templates of every stage. */

/** Findings that are accepted, by the linter's id, with the reason. Everything else fails. */
const accepted: Record<string, string> = {
  W3005: 'CDK adds DependsOn where a reference already orders two resources.',
};

const requirements = join(import.meta.dirname, 'requirements.txt');
/** A folder of its own for each set of versions. */
const versions = readFileSync(requirements, 'utf8') + spawnSync('python3', ['--version'], { encoding: 'utf8' }).stdout;
const packages = join(
  import.meta.dirname,
  '../../node_modules/.cache',
  `template-linters-${hash('sha256', versions).slice(0, 12)}`,
);

/** Runs Python with the installed packages. Without Python the status is null. */
function python(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const env = { ...process.env, PYTHONPATH: packages };
  const { error, status, stdout, stderr } = spawnSync('python3', args, { env, encoding: 'utf8', maxBuffer: 2 ** 26 });
  return { status, stdout, stderr: error?.message ?? stderr };
}

/** Installs the linters unless they are there. Returns why it was not possible. */
function install(): string | undefined {
  if (existsSync(packages)) return undefined;
  const unfinished = `${packages}-${process.pid}`;
  // With --target pip needs neither a virtual environment, whose module is missing in some distributions, nor root.
  const { status, stderr } = python('-m', 'pip', 'install', '--quiet', '--target', unfinished, '-r', requirements);
  if (status === 0) renameSync(unfinished, packages);
  else rmSync(unfinished, { recursive: true, force: true });
  return status === 0 ? undefined : stderr;
}

function lint(folder: string): string[] {
  const templates = synthesizeAll(folder);
  const cfnLint = python(
    '-c',
    'from cfnlint.runner import main; main()',
    '--format',
    'parseable',
    '--regions',
    'eu-central-1',
    '--',
    ...templates,
  );
  // Bits of the exit code: 2 errors, 4 warnings, 8 informational. Anything else means that it did not work.
  if (cfnLint.status === null || (cfnLint.status & ~14) !== 0) throw new Error(`cfn-lint failed: ${cfnLint.stderr}`);
  const policies = join(folder, 'policies.json');
  writeFileSync(policies, JSON.stringify(policiesIn(templates)));
  const parliament = python(join(import.meta.dirname, 'check_policies.py'), policies);
  if (parliament.status !== 0) throw new Error(`parliament failed: ${parliament.stderr}`);
  return [...cfnLint.stdout.split('\n'), ...parliament.stdout.split('\n')].filter(Boolean);
}

/** cfn-lint: "file:...:W3005:text"; parliament: "UNKNOWN_ACTION file role: text". */
const idOf = (finding: string) => /:([EWI]\d{4}):/.exec(finding)?.[1] ?? finding.split(' ')[0] ?? '';

const missing = install();
if (missing !== undefined) {
  console.log('==================== SKIPPED ====================');
  console.log('cfn-lint and parliament did NOT check the templates.');
  console.log('They need python3 with pip, and PyPI. The reason:');
  console.log(missing.trim().split('\n').at(-1));
  console.log('==================== SKIPPED ====================');
} else {
  const folder = mkdtempSync(join(tmpdir(), 'templates-'));
  const all = lint(folder);
  const findings = all.filter((finding) => !Object.hasOwn(accepted, idOf(finding)));
  for (const finding of findings) console.log(finding);
  console.log(`cfn-lint and parliament: ${findings.length} findings, ${all.length - findings.length} accepted.`);
  if (findings.length > 0) process.exitCode = 1;
  else rmSync(folder, { recursive: true });
}
