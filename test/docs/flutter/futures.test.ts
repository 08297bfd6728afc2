import { expect, test } from 'vitest';
import type { Node } from 'web-tree-sitter';
import { filesOf, parse, read } from './dart.ts';
import { has, libraries } from './published.ts';

/** A future is awaited, returned or handed to `unawaited`, so that none is forgotten. */

const files = filesOf('.dart').map((file) => ({ file, tree: parse(read(file)) }));

/** The functions and methods by name, and whether each of that name returns a future. */
function returnsIn(trees: Node[]): Map<string, boolean> {
  const found = new Map<string, boolean>();
  for (const signature of trees.flatMap((tree) => tree.descendantsOfType('function_signature'))) {
    const name = signature.childForFieldName('name')?.text ?? '';
    found.set(name, signature.firstNamedChild?.text === 'Future' && (found.get(name) ?? true));
  }
  return found;
}

const returns = returnsIn(files.map(({ tree }) => tree));

/** Libraries have a method of this name too, such as `Completer.complete`. */
const isAmbiguous = (member: string) =>
  libraries.some((library) => has(library, { prefix: undefined, name: undefined, member, args: undefined }));

/** The name of what a statement calls, as in `chat.sleep();`. */
function calledIn(statement: Node): string | undefined {
  const call = statement.firstNamedChild;
  const called = call?.type === 'method_invocation' ? call.childForFieldName('function') : undefined;
  return called?.type === 'identifier' ? called.text : called?.namedChildren.at(-1)?.text;
}

test.each(files)('$file waits for its futures', ({ tree }) => {
  const ofFile = returnsIn([tree]);
  const dropped = tree.descendantsOfType('expression_statement').filter((statement) => {
    const name = calledIn(statement) ?? '';
    return name.startsWith('_') ? ofFile.get(name) : returns.get(name) && !isAmbiguous(name);
  });
  expect(dropped.map(({ text, startPosition }) => `${startPosition.row + 1}: ${text}`)).toEqual([]);
});

test('the futures of our packages are known', () => {
  expect([...returns].filter(([, isFuture]) => isFuture).length).toBeGreaterThan(100);
});
