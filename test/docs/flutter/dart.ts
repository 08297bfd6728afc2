import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Language, type Node, Parser } from 'web-tree-sitter';

/** The Dart code of docs/, as text and as syntax trees. There is no Dart SDK here, so tests read it with tree-sitter. */

/** The folder docs/. */
export const docs = join(import.meta.dirname, '../../../docs');
const require = createRequire(import.meta.url);

await Parser.init();
const parser = new Parser();
parser.setLanguage(await Language.load(require.resolve('tree-sitter-dart-orchard/tree-sitter-dart_orchard.wasm')));

/** The root node of a Dart program. */
export function parse(code: string): Node {
  const tree = parser.parse(code);
  if (!tree) throw new Error('The parser has no language.');
  return tree.rootNode;
}

/** Reads a file of docs/. */
export const read = (file: string) => readFileSync(join(docs, file), 'utf8');

/** The files of docs/flutter with this extension, as paths from docs/. */
export const filesOf = (extension: string) =>
  readdirSync(join(docs, 'flutter'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(extension))
    .map((file) => `flutter/${file}`);

/** The pieces of Dart code in the guides. A piece in a list is indented; `code` is not. */
export const pieces = ['flutter.md', 'flutter.ru.md', ...filesOf('.md')].flatMap((file) =>
  Array.from(read(file).matchAll(/^( *)```dart\n(.*?)^ *```/gms), ([, indent = '', code = '']) => ({
    file,
    code: code.replace(new RegExp(`^${indent}`, 'gm'), ''),
    begins: code.trim().split('\n')[0],
  })),
);

/** The innermost places that the grammar cannot read or that lack something, as "line: text". */
export function syntaxErrors(node: Node): string[] {
  if (node.isMissing) return [`${node.startPosition.row + 1}: ${node.type} is missing`];
  const inner = node.children.flatMap((child) => (child.hasError ? syntaxErrors(child) : []));
  if (inner.length > 0 || !node.isError) return inner;
  return [`${node.startPosition.row + 1}: ${node.text.split('\n')[0]}`];
}
