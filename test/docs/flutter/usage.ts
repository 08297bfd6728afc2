import type { Node } from 'web-tree-sitter';

/** What Dart code takes from other libraries, as far as a syntax tree shows it. */

export interface Usage {
  /** The prefix of the import, as `flyer` in `flyer.Chat`. */
  prefix: string | undefined;
  /** The name that a library declares: a class, as a rule, or a function. Undefined for a method of an object. */
  name: string | undefined;
  /** A static member, a named constructor, or the method of an object. */
  member: string | undefined;
  /** The names of the arguments. Undefined if nothing is called. */
  args: string[] | undefined;
}

/** `Name`, `Name.member`, `Name(argument, argument)`, or `#method(argument)` for a method of an object. */
export function wordsOf({ name, member, args }: Usage): string {
  const path = name === undefined ? `#${member}` : [name, member].filter((part) => part !== undefined).join('.');
  return args?.length ? `${path}(${[...args].sort().join(', ')})` : path;
}

/** The names in `a.b.c`, or undefined if something else is in it, such as a call. */
function pathOf(node: Node): string[] | undefined {
  if (node.type === 'identifier' || node.type === 'type_identifier') return [node.text];
  if (!/_assignable_selector$/.test(node.type)) return undefined;
  const [object, ...rest] = node.namedChildren;
  const path = object && pathOf(object);
  const member = rest.at(-1)?.text;
  return path && member ? [...path, member] : undefined;
}

// A single letter is a type parameter.
const isName = (text: string | undefined) => text !== undefined && /^[A-Z]\w/.test(text);

const argumentsOf = (node: Node) => {
  const list = node.type === 'arguments' ? node : node.descendantsOfType('arguments')[0];
  return (list?.namedChildren ?? [])
    .filter((argument) => argument.type === 'named_argument')
    .map((argument) => argument.firstNamedChild?.text.replace(':', '') ?? '');
};

function usesOf(path: string[], args: string[] | undefined, prefixes: ReadonlySet<string>): Usage[] {
  const prefix = path[0] !== undefined && prefixes.has(path[0]) ? path[0] : undefined;
  const [name, member, ...further] = prefix ? path.slice(1) : path;
  const isOfName = prefix !== undefined || isName(name);
  // A method of an object says something only by the names of its arguments.
  const method = { prefix: undefined, name: undefined, member: path.at(-1), args };
  const isMethod = args?.length && (isOfName ? further.length > 0 : path.length > 1);
  return [
    ...(isOfName ? [{ prefix, name, member, args: further.length > 0 ? undefined : args }] : []),
    ...(isMethod ? [method] : []),
  ];
}

/** The uses in a file. `prefixes` are those of its imports. */
export function usesIn(node: Node, prefixes: ReadonlySet<string>): Usage[] {
  const found: Usage[] = [];
  const visit = (child: Node): void => {
    if (child.type === 'method_invocation') {
      const called = child.childForFieldName('function');
      const list = child.childForFieldName('arguments');
      const path = called && pathOf(called);
      if (path) found.push(...usesOf(path, list ? argumentsOf(list) : [], prefixes));
      // A call after another one, as in `a().b(c: 1)`.
      else if (called && list && /_assignable_selector$/.test(called.type))
        found.push(...usesOf(['object', called.namedChildren.at(-1)?.text ?? ''], argumentsOf(list), prefixes));
      for (const part of [path ? undefined : called, list]) if (part) visit(part);
      return;
    }
    if (child.type === 'const_object_expression' || child.type === 'new_expression') {
      const names = child.namedChildren.filter(({ type }) => /identifier$/.test(type)).map(({ text }) => text);
      found.push(...usesOf(names, argumentsOf(child), prefixes));
    } else {
      // A type with a prefix is two nodes side by side.
      const before = child.type === 'type_identifier' ? child.previousNamedSibling?.text : undefined;
      const path = before !== undefined && prefixes.has(before) ? [before, child.text] : pathOf(child);
      if (path && isName(path.find((part) => !prefixes.has(part)))) {
        found.push(...usesOf(path, undefined, prefixes));
        return;
      }
    }
    for (const next of child.namedChildren) visit(next);
  };
  visit(node);
  return found;
}
