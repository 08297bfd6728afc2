import { expect, test } from 'vitest';
import { filesOf, parse, read } from './dart.ts';
import { type Declared, declarationsIn, type Parameters } from './declarations.ts';
import { type Import, importsOf } from './imports.ts';
import { has, libraries } from './published.ts';
import { type Usage, usesIn, wordsOf } from './usage.ts';

/**
 * Every class, function, member and named argument in the Dart code is declared: in one of our packages, or in the
 * version of a library that published.ts has read.
 */

const files = filesOf('.dart').map((file) => ({ file, code: read(file), tree: parse(read(file)) }));
const own = new Map(files.flatMap(({ tree }) => [...declarationsIn(tree)]));
const ownMembers = [...own.values()].flatMap(({ members }) => [...members]);

const takes = (parameters: Parameters | undefined, args: string[]) =>
  parameters !== undefined &&
  args.every((arg) => parameters.named.includes(arg)) &&
  parameters.required.every((name) => args.includes(name));

function isDeclared({ constructors, members, parameters }: Declared, member = '', args?: string[]): boolean {
  if (args === undefined)
    return member === '' || constructors.has(member) || members.has(member) || member === 'values';
  const called =
    member === '' ? (constructors.get('') ?? parameters) : (constructors.get(member) ?? members.get(member));
  return takes(called, args);
}

/** The imported libraries that a name with this prefix may come from. An object may come from any library. */
const sourcesOf = (imports: Import[], { prefix, name }: Usage) =>
  name === undefined
    ? libraries
    : ['dart:core', ...imports.filter((one) => one.prefix === prefix).map(({ library }) => library)];

test.each(files)('$file uses only what is declared', ({ code, tree }) => {
  const imports = importsOf(code);
  const prefixes = new Set(imports.flatMap(({ prefix }) => prefix ?? []));
  for (const usage of usesIn(tree, prefixes)) {
    const { prefix, name, member, args } = usage;
    const declared = prefix === undefined && name !== undefined ? own.get(name) : undefined;
    const isOwn = declared
      ? isDeclared(declared, member, args)
      : name === undefined &&
        ownMembers.some(([other, parameters]) => other === member && takes(parameters, args ?? []));
    const isPublished = sourcesOf(imports, usage).some((library) => has(library, usage));
    expect(isOwn || isPublished, `${prefix ? `${prefix}.` : ''}${wordsOf(usage)}`).toBe(true);
  }
});
