import type { Node } from 'web-tree-sitter';

/** Which names Dart code declares and uses: alone, as in `jsonEncode(a)`, or as a member, as in `chat.send`. */

export interface MemberUse {
  /** The name before the dot, unless something longer stands there. The class of an object pattern. */
  object: string | undefined;
  member: string;
}

export interface Names {
  declared: Set<string>;
  /** Names that stand alone. */
  used: Set<string>;
  members: MemberUse[];
  /** The classes of those names that have the same class wherever the file declares them. */
  types: Map<string, string>;
}

/** The parents of a name that is declared. */
const declaring =
  /^(import_specification|typed_identifier|record_type_field|\w+_signature|formal_parameter|constructor_param|super_formal_parameter|catch_parameters|(variable|constant)_pattern|enum_constant|(class|mixin|enum|extension|extension_type)_(definition|declaration)|type_alias)$/;

/** Nodes in which only the first name is a declaration: what follows is the value. */
const initializing = /^(initialized_identifier|static_final_declaration|initialized_variable_definition)$/;

/** What stands before the name that a loop declares. */
const loop = /^(final_builtin|inferred_type|type_identifier)$/;

/** A member of a class behind the prefix of an import, as in `flyer.Message.text`, says nothing of an object. */
const isOfPrefixedClass = (parent: Node) => /^[a-z]\w*\.[A-Z]\w*$/.test(parent.firstNamedChild?.text ?? '');

const isSelector = ({ type }: Node) => /_assignable_selector$/.test(type);

/** `Foo(:name)`, in which the pattern has the name of the getter. */
const isGetterOfPattern = (pattern: Node) =>
  pattern.parent?.type === 'object_pattern' && pattern.previousNamedSibling?.type !== 'identifier';

function rolesOf(node: Node, parent: Node): ('declared' | 'member' | 'used')[] {
  const before = node.previousNamedSibling?.type ?? '';
  switch (true) {
    case /^(variable|constant)_pattern$/.test(parent.type):
      return isGetterOfPattern(parent) ? ['declared', 'member'] : ['declared'];
    case declaring.test(parent.type):
      return ['declared'];
    case initializing.test(parent.type):
      return parent.namedChildren.find(({ type }) => type === 'identifier')?.id === node.id ? ['declared'] : ['used'];
    case parent.type === 'for_loop_parts':
      return loop.test(before) ? ['declared'] : ['used'];
    case /^(object_pattern|cascade_selector|qualified)$/.test(parent.type):
    case isSelector(parent) && before === 'assignable_operator':
      return ['member'];
    // The names of arguments, and those of constructors.
    case /^(label|record_pattern|(constructor|const_object|new)_(invocation|expression))$/.test(parent.type):
      return [];
    default:
      return ['used'];
  }
}

/** The class before a declared name. Undefined for one with type arguments, or of a library with a prefix. */
function annotationOf(node: Node): string | undefined {
  const isInList = /^(initialized_identifier|static_final_declaration)$/.test(node.parent?.type ?? '');
  let before = (isInList ? node.parent?.parent : node)?.previousNamedSibling;
  if (before?.type === 'nullable_type') before = before.previousNamedSibling;
  const isPlain = before?.type === 'type_identifier' && before.previousNamedSibling?.type !== 'type_identifier';
  return isPlain ? before?.text : undefined;
}

/** The class whose constructor gives the value of a declared name. */
function constructorOf(node: Node): string | undefined {
  const value = node.nextNamedSibling;
  const called = value?.type === 'method_invocation' ? value.childForFieldName('function') : undefined;
  return called?.type === 'identifier' && /^[A-Z]\w/.test(called.text) ? called.text : undefined;
}

/** Functions have no members, and the parameters that set a field have its type. */
const isWithoutType = (parent: Node) =>
  /^(constructor_param|super_formal_parameter|(?!getter)\w+_signature|extension_declaration)$/.test(parent.type);

function memberUse(node: Node, parent: Node): MemberUse {
  const pattern = parent.type === 'object_pattern' ? parent : parent.parent;
  const object =
    pattern?.type === 'object_pattern'
      ? pattern.namedChildren.filter(({ type }) => type === 'type_identifier').at(-1)
      : parent.firstNamedChild;
  const isName = object && object.id !== node.id && /^(type_)?identifier$/.test(object.type);
  return { object: isName ? object.text : undefined, member: node.text };
}

export function namesIn(root: Node): Names {
  const declared = new Set<string>();
  const used = new Set<string>();
  const members: MemberUse[] = [];
  const types = new Map<string, Set<string | undefined>>();
  for (const node of root.descendantsOfType('identifier')) {
    const { parent } = node;
    const roles = parent ? rolesOf(node, parent) : [];
    if (roles.includes('declared')) declared.add(node.text);
    if (roles.includes('used')) used.add(node.text);
    if (!parent) continue;
    if (roles.includes('member') && !isOfPrefixedClass(parent)) members.push(memberUse(node, parent));
    if (roles.includes('declared') && !isWithoutType(parent))
      types.set(node.text, (types.get(node.text) ?? new Set()).add(annotationOf(node) ?? constructorOf(node)));
  }
  const certain = [...types].flatMap(([name, [type, ...others]]) =>
    type !== undefined && others.length === 0 ? [[name, type] as const] : [],
  );
  return { declared, used, members, types: new Map(certain) };
}

const typesIn = (node: Node): string[] =>
  node.namedChildren.flatMap((child) =>
    child.type === 'type_identifier' ? [child.text] : child.type === 'mixins' ? typesIn(child) : [],
  );

/** What each class takes members from, and what each extension adds members to. */
export function basesIn(root: Node): { name: string; bases: string[] }[] {
  return root.descendantsOfType(['class_definition', 'extension_declaration']).map((node) => {
    const holders = node.namedChildren.filter(({ type }) => /^(superclass|interfaces)$/.test(type));
    const bases = (node.type === 'extension_declaration' ? [node] : holders).flatMap(typesIn);
    return { name: node.descendantsOfType('identifier')[0]?.text ?? '', bases };
  });
}
