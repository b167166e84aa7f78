import { parse, parseValue, print, visit } from 'graphql17';
import { anyLiteral } from './values.mjs';

const lists = [
  'definitions',
  'selections',
  'arguments',
  'directives',
  'fields',
  'values',
  'types',
  'interfaces',
  'variableDefinitions',
  'operationTypes',
  'locations',
];

/** Breaks a text in its meaning, not in its grammar: a few edits of the tree, printed again. */
export function rewritten(random, source, edits) {
  let document = parse(source, { noLocation: true });
  for (let i = 0; i < edits; i++) document = edited(random, document);
  return print(document);
}

function edited(random, document) {
  const nodes = [];
  const named = [];
  visit(document, {
    enter(node) {
      nodes.push(node);
      if (node.kind === 'Name') named.push(node.value);
    },
  });
  const target = random.pick(nodes.filter(node => editsOf(node, nodes).length > 0));
  const changed = random.pick(editsOf(target, nodes))(random, target, named);
  let done = false;
  return visit(document, {
    enter(node) {
      if (done || node !== target) return undefined;
      done = true;
      return changed;
    },
  });
}

function editsOf(node, nodes) {
  switch (node.kind) {
    case 'Name':
      return [renamed];
    case 'NamedType':
    case 'ListType':
      return [nonNull, listOf];
    case 'NonNullType':
      return [(random, type) => type.type];
    case 'OperationDefinition':
      return [otherOperation, ...listEdits(node, nodes)];
    case 'IntValue':
    case 'FloatValue':
    case 'StringValue':
    case 'BooleanValue':
    case 'EnumValue':
    case 'NullValue':
    case 'ListValue':
    case 'ObjectValue':
      return [otherValue];
    default:
      return listEdits(node, nodes);
  }
}

function listEdits(node, nodes) {
  return lists
    .filter(key => Array.isArray(node[key]))
    .flatMap(key => [
      ...(node[key].length ? [repeat(key), reorder(key)] : []),
      ...(node[key].length > 1 || key === 'directives' ? [drop(key)] : []),
      graft(key, nodes),
    ]);
}

const renamed = (random, node, named) => ({
  ...node,
  value: random.pick([...named, '__hidden', 'Int', 'deprecated', 'on']),
});
const nonNull = (random, type) => ({ kind: 'NonNullType', type });
const listOf = (random, type) => ({ kind: 'ListType', type });
const otherValue = random => parseValue(anyLiteral(random), { noLocation: true });
const otherOperation = (random, node) => ({ ...node, operation: random.pick(['query', 'mutation', 'subscription']) });

const repeat = key => (random, node) => ({ ...node, [key]: [...node[key], { ...random.pick(node[key]) }] });
const drop = key => (random, node) => {
  const left = [...node[key]];
  left.splice(random.below(left.length), 1);
  return { ...node, [key]: left };
};
const reorder = key => (random, node) => ({ ...node, [key]: [...node[key]].reverse() });

/** Puts something there that stands in the same kind of list somewhere else. */
const graft = (key, nodes) => (random, node) => {
  const donors = nodes.filter(
    other => other[key]?.length && ((key !== 'fields' && key !== 'values') || sameMembers(other, node)),
  );
  if (donors.length === 0) return node;
  return { ...node, [key]: [...node[key], { ...random.pick(random.pick(donors)[key]) }] };
};

const family = kind => kind.replace(/^Interface|^Object/, '').replace('Extension', 'Definition');
const sameMembers = (left, right) => family(left.kind) === family(right.kind);

/** Changes about one character in a hundred, at least one: what no grammar makes. */
export function garbled(random, source) {
  const characters = [...source];
  const count = Math.max(1, Math.round((characters.length / 100) * random.next()));
  for (let i = 0; i < count; i++) {
    const at = random.below(characters.length);
    const piece = random.pick(pieces);
    const how = random.below(3);
    if (how === 0) characters.splice(at, 1);
    else if (how === 1) characters.splice(at, 0, piece);
    else characters[at] = piece;
  }

  return characters.join('');
}

const pieces = [
  '{',
  '}',
  '(',
  ')',
  '[',
  ']',
  '"',
  '"""',
  '\\',
  '\\u00e9',
  '\\u{1F600}',
  '\\ud83d',
  '\\"',
  '$',
  '!',
  '@',
  '&',
  '|',
  '=',
  ':',
  '...',
  '.',
  '#',
  '\r\n',
  '\r',
  '\n',
  ',',
  ' ',
  '\t',
  '\uFEFF',
  '\u0000',
  '\u0007',
  '0',
  '1',
  '-',
  'e',
  '01',
  '1.',
  'on',
  'query',
  'extend',
  'type',
  'null',
  'é',
  '😀',
  '\ud800',
];
