import { afterEach, expect, test, vi } from 'vitest';
import { readArguments } from '../../../../infra/local/console/command-line.ts';

/** Arguments before npm's "--", which npm turns into variables. */

const ended = (code: unknown) => new Error(`ended with ${code}`);
const error = vi.spyOn(console, 'error').mockReturnValue();
vi.spyOn(process, 'exit').mockImplementation((code) => {
  throw ended(code);
});
const argv = process.argv;
afterEach(() => {
  process.argv = argv;
  vi.unstubAllEnvs();
});

function read(variables: Record<string, string>): string[] {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(`npm_config_${name}`, value);
  return readArguments(['--memory', '--chaos', '--chaos='], 'the usage');
}

test.each([
  [{ memory: 'true', chaos: 'true' }, ['--memory', '--chaos']],
  [{ chaos: '7' }, ['--chaos=7']],
  [{ memory: 'false' }, []],
  [{ memory: '' }, []],
  [{ color: '1' }, []],
])('of %j makes %j', (variables, given) => {
  expect(read(variables)).toEqual(given);
});

test.each(['1', 'yes', 'off'])('a value of an argument that has none, --memory=%s, is refused', (value) => {
  expect(() => read({ memory: value })).toThrow(ended(2));
  expect(error).toHaveBeenLastCalledWith(`Unknown argument: --memory=${value}\n\nthe usage`);
});

test.each([
  [
    ['--stage', 'prod', '--json'],
    ['--stage=prod', '--json'],
  ],
  [
    ['--json', '--stage=prod'],
    ['--json', '--stage=prod'],
  ],
])('a value may be the next argument: %j', (given, expected) => {
  process.argv = ['node', 'main.ts', ...given];
  expect(readArguments(['--stage=', '--json'], 'the usage')).toEqual(expected);
});

test.each([[['--stage']], [['--stage', '--json']], [['--json', 'prod']]])('%j is refused', (given) => {
  process.argv = ['node', 'main.ts', ...given];
  expect(() => readArguments(['--stage=', '--json'], 'the usage')).toThrow(ended(2));
});
