import type { Node } from 'web-tree-sitter';

/** What Dart code declares: its names, their members, and the names of the parameters. */

export interface Parameters {
  named: string[];
  required: string[];
}

export interface Declared {
  /** Keyed by name; the key of the unnamed constructor is ''. */
  constructors: Map<string, Parameters>;
  /** Undefined for fields, getters and values, which take no parameters. */
  members: Map<string, Parameters | undefined>;
  /** Those of a top-level function. */
  parameters: Parameters | undefined;
}

const nameOf = (node: Node) =>
  node.childForFieldName('name') ?? node.descendantsOfType('identifier').at(-1) ?? node.firstNamedChild;

/** The named parameters of a function or a constructor. */
function parametersOf(signature: Node): Parameters {
  const list = signature.namedChildren.find(({ type }) => type === 'formal_parameter_list');
  const optional = list?.namedChildren.find(
    ({ type, text }) => type === 'optional_formal_parameters' && text[0] === '{',
  );
  const named: string[] = [];
  const required: string[] = [];
  let isRequired = false;
  for (const child of optional?.children ?? []) {
    if (child.type === 'required') isRequired = true;
    if (child.type !== 'formal_parameter') continue;
    const name = nameOf(child)?.text ?? '';
    named.push(name);
    if (isRequired || child.children.some(({ type }) => type === 'required')) required.push(name);
    isRequired = false;
  }
  return { named, required };
}

const identifiersOf = (node: Node) => node.namedChildren.filter(({ type }) => type === 'identifier');

const variables = ['initialized_identifier', 'static_final_declaration'];

/** Adds a constructor, a method, a getter, or fields. */
function addMember(node: Node, to: Declared): void {
  const signature = node.type === 'method_declaration' ? node.childForFieldName('signature')?.firstNamedChild : node;
  const inner =
    signature?.type === 'declaration' ? (signature.namedChildren.find(isSignature) ?? signature) : signature;
  if (!inner) return;
  if (/constructor_signature$/.test(inner.type)) {
    const [, name] = identifiersOf(inner);
    to.constructors.set(name?.text ?? '', parametersOf(inner));
  } else if (inner.type === 'function_signature') {
    to.members.set(inner.childForFieldName('name')?.text ?? '', parametersOf(inner));
  } else if (/^[gs]etter_signature$/.test(inner.type)) {
    to.members.set(inner.childForFieldName('name')?.text ?? '', undefined);
  } else {
    for (const variable of inner.descendantsOfType(variables))
      if (variable) to.members.set(variable.firstNamedChild?.text ?? '', undefined);
  }
}

const isSignature = ({ type }: Node) => /_signature$/.test(type);

const empty = (): Declared => ({ constructors: new Map(), members: new Map(), parameters: undefined });

function fromType(node: Node): Declared {
  const declared = empty();
  const body = node.childForFieldName('body') ?? node.namedChildren.find(({ type }) => /_body$/.test(type));
  for (const member of body?.namedChildren ?? []) {
    if (member.type === 'enum_constant') declared.members.set(nameOf(member)?.text ?? '', undefined);
    else addMember(member, declared);
  }
  const isClass = node.type === 'class_definition';
  if (isClass && declared.constructors.size === 0) declared.constructors.set('', { named: [], required: [] });
  return declared;
}

const types = ['class_definition', 'mixin_declaration', 'enum_declaration', 'extension_declaration'];

/** The declarations of a file by their names. */
export function declarationsIn(root: Node): Map<string, Declared> {
  const found = new Map<string, Declared>();
  for (const node of root.namedChildren) {
    if (types.includes(node.type) || node.type === 'extension_type_declaration') {
      const name = node.childForFieldName('name') ?? node.descendantsOfType('identifier')[0];
      if (name) found.set(name.text, fromType(node));
    } else if (node.type === 'type_alias') {
      if (node.firstNamedChild) found.set(node.firstNamedChild.text, empty());
    } else if (node.type === 'function_declaration') {
      const signature = node.childForFieldName('signature');
      const name = signature?.childForFieldName('name');
      if (signature && name) found.set(name.text, { ...empty(), parameters: parametersOf(signature) });
    } else if (/_list$/.test(node.type)) {
      for (const variable of node.namedChildren) found.set(variable.firstNamedChild?.text ?? '', empty());
    }
  }
  return found;
}
