import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { StandIn } from './stand-in.ts';
import { both, but, changed, region, secretWith } from './world.ts';

/** The command, in a folder with a cdk.json of its own. */

const main = join(import.meta.dirname, '../../../infra/preflight/main.ts');
const folder = mkdtempSync(join(tmpdir(), 'preflight-'));
const standIn = new StandIn();
// The command asks the real Google.
const withoutGoogle = both(
  secretWith({ googleClientId: '', googleClientSecret: '' }),
  but({}, { push: false, googleClientId: '' }),
);

beforeAll(async () => {
  await standIn.start();
  const { world, settings } = changed(withoutGoogle);
  standIn.world = world;
  const certificateArn = 'arn:aws:acm:eu-central-1:123456789012:certificate/c';
  const wrong = { domain: { name: 'chat.example.com', certificateArn } };
  const stages = { prod: settings, dev: { concurrency: { deliver: 900 } }, wrong };
  writeFileSync(join(folder, 'cdk.json'), JSON.stringify({ context: { stages } }));
});
afterAll(() => {
  standIn.close();
  rmSync(folder, { recursive: true });
});

async function preflight(args: string[], env: Record<string, string> = { AWS_ACCESS_KEY_ID: 'a' }) {
  const child = spawn(process.execPath, [main, ...args], {
    cwd: folder,
    env: { AWS_SECRET_ACCESS_KEY: 'b', AWS_REGION: region, AWS_ENDPOINT_URL: standIn.url, HOME: folder, ...env },
  });
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { lines: stdout.trimEnd().split('\n'), stderr, code };
}

test.concurrent('prints a line for each check and the sum, and ends with 0 if all is ok', async () => {
  const { lines, stderr, code } = await preflight(['--stage', 'prod']);
  expect(code).toBe(0);
  expect(lines).toHaveLength(20);
  expect(lines.slice(0, 18).every((line) => /^(ok|not used) {2,}\S/.test(line))).toBe(true);
  expect(lines.slice(18)).toEqual(['', '16 ok, 2 not used']);
  expect(stderr).toBe('Checking chat-prod: 18 checks\n');
  // Nothing of the operator's secret.
  expect(lines.join('\n')).not.toMatch(/sk-1|client-secret|PRIVATE/);
});

test.concurrent('prints JSON, and ends with 1 if there is something to do', async () => {
  const { lines, code } = await preflight(['--stage=dev', '--json']);
  expect(code).toBe(1);
  const { stack, region: where, checks } = JSON.parse(lines.join('\n'));
  expect({ stack, where }).toEqual({ stack: 'chat-dev', where: region });
  expect(checks).toContainEqual(
    expect.objectContaining({ name: 'lambda-concurrency', status: 'todo', code: 'too_little_concurrency' }),
  );
});

test.concurrent('rejects a wrong setting with the message of CDK', async () => {
  const { stderr, code } = await preflight(['--stage', 'wrong']);
  expect(code).toBe(1);
  expect(stderr).toContain('must be an ARN of acm in us-east-1\n  → at domain.certificateArn\n');
  expect(stderr).not.toContain('    at ');
});

test.concurrent('says in one line that there are no credentials, and ends with 2', async () => {
  const { lines, stderr, code } = await preflight([], { AWS_EC2_METADATA_DISABLED: 'true' });
  expect(code).toBe(2);
  const asked = lines.filter((line) => !line.startsWith('not used'));
  expect(asked).toEqual([expect.stringMatching(/^UNKNOWN +Account and region /), '', expect.any(String)]);
  expect(stderr).not.toContain('    at ');
});
