import { expect, test } from 'vitest';
import { filesOf, parse, read } from './dart.ts';
import { declarationsIn } from './declarations.ts';
import { importsOf } from './imports.ts';
import { has, libraries } from './published.ts';
import { basesIn, type MemberUse, namesIn } from './scope.ts';

/** Every name in the Dart code that stands alone is in scope, and every member belongs to its object. */

const files = filesOf('.dart').map((file) => ({ file, code: read(file), tree: parse(read(file)) }));
const own = new Map(files.flatMap(({ tree }) => [...declarationsIn(tree)]));
const bases = files.flatMap(({ tree }) => basesIn(tree));
const fieldsOfRecords = files.flatMap(({ tree }) =>
  tree.descendantsOfType('record_type_named_field').map((field) => field.descendantsOfType('identifier')[0]?.text),
);
const ownMembers = new Set([...[...own.values()].flatMap(({ members }) => [...members.keys()]), ...fieldsOfRecords]);

const isPublished = (type: string | undefined, member: string) =>
  libraries.some((library) => has(library, { prefix: undefined, name: type, member, args: undefined }));

/** What every object has. */
const ofObject = ['hashCode', 'runtimeType', 'toString'];

/** Whether a type has a member: its own, one of its bases, or one of an extension. */
function hasMember(type: string, member: string): boolean {
  const declared = own.get(type);
  if (declared?.members.has(member) || declared?.constructors.has(member) || ofObject.includes(member)) return true;
  if (!declared) return isPublished(type, member);
  const parents = bases.filter(({ name }) => name === type).flatMap((one) => one.bases);
  const extensions = bases.filter((one) => one.bases.includes(type) && !own.get(one.name)?.constructors.size);
  return (
    parents.some((parent) => hasMember(parent, member)) ||
    extensions.some(({ name }) => own.get(name)?.members.has(member))
  );
}

const isName = (name: string) => /^[a-z_]/.test(name);

/** Classes, functions and variables at the top of a file: what one of them declares is not in scope in the next. */
const parts = files.flatMap(({ file, code, tree }) =>
  tree.namedChildren.map((node) => ({
    file,
    names: namesIn(node),
    classes: basesIn(node),
    imports: importsOf(code),
    ofFile: declarationsIn(tree),
    node,
  })),
);

/** The classes of the variables at the top of files. */
const globals = new Map(
  parts.filter(({ node }) => node.type === 'initialized_identifier_list').flatMap(({ names }) => [...names.types]),
);

function unknownNames({ names, classes, imports, ofFile }: (typeof parts)[number]): string[] {
  const libraries = ['dart:core', ...imports.map(({ library }) => library)];
  return [...names.used].filter(
    (name) =>
      isName(name) &&
      !names.declared.has(name) &&
      !ofFile.has(name) &&
      !imports.some(({ prefix }) => prefix === name) &&
      !(own.has(name) && !name.startsWith('_')) &&
      !classes.some((one) => one.bases.some((base) => hasMember(base, name))) &&
      !libraries.some((library) => has(library, { prefix: undefined, name, member: undefined, args: undefined })),
  );
}

test.each(files)('$file uses only names that are in scope', ({ file }) => {
  expect(parts.filter((part) => part.file === file).flatMap(unknownNames)).toEqual([]);
});

function unknownMembers({ names, imports, node }: (typeof parts)[number]): MemberUse[] {
  const [, widget] = /^class \w+ extends State<(\w+)>/.exec(node.text) ?? [];
  const typeOf = (object: string) => {
    if (/^([A-Z]|int$|double$)/.test(object)) return object;
    if (names.declared.has(object)) return names.types.get(object);
    return object === 'widget' ? widget : globals.get(object);
  };
  return names.members.filter(({ object = '', member }) => {
    // What stands behind a prefix is looked up in names.test.ts.
    if (imports.some(({ prefix }) => prefix === object)) return false;
    const type = typeOf(object);
    if (type && own.get(type)?.members.size) return !hasMember(type, member);
    return (
      isName(member) &&
      !ownMembers.has(member) &&
      !isPublished(undefined, member) &&
      !(type && isPublished(type, member))
    );
  });
}

test.each(files)('$file uses only members that exist', ({ file }) => {
  expect(parts.filter((part) => part.file === file).flatMap(unknownMembers)).toEqual([]);
});
