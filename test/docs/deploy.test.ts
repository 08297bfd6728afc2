import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

/** The commands of docs/deploy.md that connect GitHub with AWS, with stand-ins for `gh` and `aws`. */

const page = readFileSync(join(import.meta.dirname, '../../docs/deploy.md'), 'utf8');
const [, setUp = ''] = /```sh\n(STAGE=dev\n.*?)```/s.exec(page) ?? [];

const folder = mkdtempSync(join(tmpdir(), 'chat-deploy-'));
afterAll(() => rmSync(folder, { recursive: true }));

const repository = { id: 456, name: 'chat', owner: { login: 'octo-org', id: 123 } };

/** A command that notes what it is called with, with the files that it is given, and answers some calls. */
function standIn(name: string, answers: string): void {
  const file = join(folder, name);
  const noteCall = `printf '%s\\n' "${name} $*" >> calls; for last; do :; done; [ -f "\${last#file://}" ] && cp "\${last#file://}" kept-"\${last#file://}"`;
  writeFileSync(file, `#!/usr/bin/env bash\n${noteCall}\ncase "$*" in\n${answers}\nesac\ntrue\n`);
  chmodSync(file, 0o755);
}
standIn('aws', `"sts get-caller-identity"*) echo 111122223333;;\n"configure get region") echo eu-central-1;;`);
standIn(
  'gh',
  `"repo view"*) echo octo-org/chat;;\n"api repos/octo-org/chat --jq "*) jq -r "$4" <<< '${JSON.stringify(repository)}';;`,
);

test('the role trusts the environment of the repository, by its names and by its ids', () => {
  const env = { ...process.env, PATH: `${folder}${delimiter}${process.env.PATH}`, AWS_REGION: '' };
  const { status, stderr } = spawnSync('bash', ['-euc', setUp], { cwd: folder, env, encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  const [statement] = JSON.parse(readFileSync(join(folder, 'kept-trust.json'), 'utf8')).Statement;
  expect(statement.Principal.Federated).toBe(
    'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com',
  );
  expect(statement.Condition.StringEquals['token.actions.githubusercontent.com:sub']).toEqual([
    'repo:octo-org@123/chat@456:environment:dev',
    'repo:octo-org/chat:environment:dev',
  ]);
  const calls = readFileSync(join(folder, 'calls'), 'utf8');
  expect(calls).toContain('aws iam create-role --role-name chat-dev-deploy');
  expect(calls).toContain('gh api --method PUT repos/octo-org/chat/environments/dev\n');
  expect(calls).toContain(
    'gh variable set AWS_ROLE_ARN --repo octo-org/chat --env dev --body arn:aws:iam::111122223333:role/chat-dev-deploy\n',
  );
  expect(calls).toContain('gh variable set AWS_REGION --repo octo-org/chat --env dev --body eu-central-1\n');
});
