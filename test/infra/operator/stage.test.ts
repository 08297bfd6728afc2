import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { exitCodes } from '../../../infra/operator/failure.ts';
import { operate } from '../../../infra/operator/operate.ts';
import { terminalWith } from '../../support/terminal.ts';
import { type Answer, startStandIn } from './stand-in.ts';

/** `--stage`: the API is found by its stack, with the credentials that the SDK finds. */

const stack = (outputs: string) =>
  `<DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStacksResult><Stacks><member><StackName>chat-prod</StackName><StackStatus>UPDATE_COMPLETE</StackStatus><CreationTime>2026-01-01T00:00:00Z</CreationTime><Outputs>${outputs}</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`;
const failure = (code: string) =>
  `<ErrorResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><Error><Type>Sender</Type><Code>${code}</Code><Message>It failed.</Message></Error><RequestId>r</RequestId></ErrorResponse>`;
const xml = { 'content-type': 'text/xml' };
const arn = 'arn:aws:sts::111111111111:assumed-role/Operators/anna';

let standIn: Awaited<ReturnType<typeof startStandIn>>;
beforeAll(async () => {
  standIn = await startStandIn();
});
afterAll(() => standIn.close());
beforeEach(() => {
  const environment = {
    AWS_REGION: 'eu-central-1',
    AWS_ENDPOINT_URL: standIn.url,
    AWS_ACCESS_KEY_ID: 'AKIA',
    AWS_SECRET_ACCESS_KEY: 'the secret',
    AWS_SESSION_TOKEN: 'the token',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  const output = `<member><OutputKey>RestApiUrl</OutputKey><OutputValue>${standIn.url}</OutputValue></member>`;
  const GetCallerIdentityResult = { Arn: arn };
  standIn.asked = [];
  standIn.answers = {
    DescribeStacks: [[200, stack(output), xml]],
    GetCallerIdentity: [[200, { GetCallerIdentityResponse: { GetCallerIdentityResult } }]],
    '/operator/reports': [[200, { reports: [], total: 0 }]],
  };
});
afterEach(() => void vi.unstubAllEnvs());

async function reports(...more: string[]) {
  const { terminal, written } = terminalWith();
  const exitCode = await operate(['reports', '--stage', 'prod', ...more], terminal);
  expect(written.out + written.err).not.toMatch(/the secret|the token/);
  return { exitCode, ...written };
}
const paths = () => standIn.asked.map(({ path }) => path);

test('a stage is found by its stack, and the operator reads who acts where', async () => {
  const { exitCode, err } = await reports();
  expect(err).toBe(`Acting on chat-prod in eu-central-1 as ${arn}\n`);
  expect(exitCode).toBe(exitCodes.done);
  expect(paths()).toEqual(['DescribeStacks', 'GetCallerIdentity', '/operator/reports']);
  expect(standIn.asked[2]?.authorization).toContain('/eu-central-1/execute-api/aws4_request');
});

test('--region replaces the region of the environment', async () => {
  expect((await reports('--region', 'eu-west-1')).err).toContain('chat-prod in eu-west-1');
});

test.each<[string, Record<string, Answer[]>, keyof typeof exitCodes]>([
  ['is not deployed', { DescribeStacks: [[400, failure('ValidationError'), xml]] }, 'misused'],
  ['has another version', { DescribeStacks: [[200, stack(''), xml]] }, 'misused'],
  ['the policy does not name', { DescribeStacks: [[403, failure('AccessDenied'), xml]] }, 'notAllowed'],
  ['does not know the credentials', { DescribeStacks: [[403, failure('ExpiredToken'), xml]] }, 'notAllowed'],
  [
    'is asked with credentials that STS does not know',
    { GetCallerIdentity: [[403, { Error: { Code: 'InvalidClientTokenId', Message: 'No.' } }]] },
    'notAllowed',
  ],
])('nothing is sent to a stage that %s', async (_what, answers, reason) => {
  Object.assign(standIn.answers, answers);
  expect((await reports()).exitCode).toBe(exitCodes[reason]);
  expect(paths()).not.toContain('/operator/reports');
});

test('without credentials the operator learns how to log in', async () => {
  for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN']) vi.stubEnv(name, undefined);
  const { exitCode, err } = await reports();
  expect(exitCode).toBe(exitCodes.notAllowed);
  expect(err).toContain('aws sso login');
  expect(paths()).toEqual([]);
});
