import {
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
  valueFromASTUntyped,
  parseConstValue,
} from 'graphql17';

const texts = ['', 'a', 'Bus 12', 'é😀', 'line\nbreak', '"quoted"', '\\', ' indented', '\u0007', '1', 'true', 'A'];
const wholes = [0, 1, -1, 7, 2147483647, -2147483648, 2147483648, 9007199254740991];
const reals = [0.5, -1.25, 1e3, 1e15, 1.5e-5, 3.0];

/** A GraphQL literal that mostly fits the type; `variable(type)` may offer a variable's name in its place. */
export function literal(random, type, options = {}) {
  const { variable, depth = 0, wrong = 0.02 } = options;
  const inner = { ...options, depth: depth + 1 };
  if (variable && random.chance(0.3)) {
    const name = variable(type, options.hasDefault);
    if (name) return `$${name}`;
  }

  if (random.chance(wrong)) return anyLiteral(random, options);
  if (isNonNullType(type)) return literal(random, type.ofType, { ...options, notNull: true });
  if (!options.notNull && random.chance(0.1)) return 'null';

  const below = { ...inner, notNull: false, hasDefault: false };
  if (isListType(type)) {
    if (random.chance(0.2)) return literal(random, type.ofType, { ...below, variable: undefined, notNull: true });
    return `[${random.times(depth > 3 ? 0 : 3, () => literal(random, type.ofType, below)).join(', ')}]`;
  }

  if (isInputObjectType(type)) return inputObject(random, type, below);
  return isEnumType(type) ? random.pick(type.getValues()).name : leaf(random, type.name, options);
}

function inputObject(random, type, options) {
  const fields = Object.values(type.getFields());
  if (type.isOneOf) {
    const field = random.pick(fields);
    return `{ ${field.name}: ${literal(random, field.type, { ...options, notNull: true, isOneOf: true })} }`;
  }

  const given = fields.filter(field => isRequiredInputField(field) || random.chance(options.depth > 3 ? 0.1 : 0.5));
  const entry = field =>
    `${field.name}: ${literal(random, field.type, { ...options, hasDefault: field.default !== undefined })}`;
  return `{ ${given.map(entry).join(', ')} }`;
}

function leaf(random, name, options) {
  switch (name) {
    case 'Int':
      return String(random.pick(wholes.slice(0, 6)));
    case 'Float':
      return String(random.pick(random.chance(0.5) ? wholes : reals)).replace('+', '');
    case 'Boolean':
      return String(random.chance(0.5));
    case 'ID':
      return random.chance(0.3) ? String(random.pick(wholes)) : text(random);
    case 'String':
      return text(random);
    default:
      return anyLiteral(random, options);
  }
}

export function text(random) {
  const value = random.pick(texts);
  if (random.chance(0.2)) return `"""${value.replaceAll('\\', '').replaceAll('"', '')}"""`;
  return JSON.stringify(value);
}

/** Any literal at all, for custom scalars and for mistakes. */
export function anyLiteral(random, options = {}, depth = 0) {
  const kind = random.weighted({
    text: 3,
    whole: 3,
    real: 2,
    flag: 2,
    none: 2,
    name: 2,
    list: depth < 2 ? 1 : 0,
    object: depth < 2 ? 1 : 0,
  });
  switch (kind) {
    case 'text':
      return text(random);
    case 'whole':
      return String(random.pick(wholes));
    case 'real':
      return String(random.pick(reals)).replace('+', '');
    case 'flag':
      return String(random.chance(0.5));
    case 'none':
      return 'null';
    case 'name':
      return random.pick(['A', 'B', 'C', 'UNKNOWN']);
    case 'list':
      return `[${random.times(3, () => anyLiteral(random, options, depth + 1)).join(', ')}]`;
    default:
      return `{ ${random.times(2, i => `k${i}: ${anyLiteral(random, options, depth + 1)}`).join(', ')} }`;
  }
}

/** A JSON value that mostly fits the type, as variables have it. */
export function inputValue(random, type, wrong = 0.06, depth = 0) {
  if (random.chance(wrong)) return anyValue(random);
  if (isNonNullType(type)) {
    const value = inputValue(random, type.ofType, wrong, depth);
    return value === null && random.chance(0.8) ? inputValue(random, type.ofType, wrong, depth) : value;
  }

  if (random.chance(0.12)) return null;
  if (isListType(type)) {
    if (random.chance(0.25)) return inputValue(random, type.ofType, wrong, depth + 1);
    return random.times(depth > 3 ? 0 : 3, () => inputValue(random, type.ofType, wrong, depth + 1));
  }

  if (isInputObjectType(type)) return inputFields(random, type, wrong, depth + 1);
  if (isEnumType(type)) return random.pick(type.getValues()).name;
  return untyped(leaf(random, getNullableType(type).name, {}));
}

function inputFields(random, type, wrong, depth) {
  const fields = Object.values(type.getFields());
  const given = type.isOneOf
    ? random.chance(0.85)
      ? [random.pick(fields)]
      : random.some(fields, 0.4)
    : fields.filter(field =>
        isRequiredInputField(field) ? !random.chance(wrong) : random.chance(depth > 3 ? 0.1 : 0.5),
      );
  const value = Object.fromEntries(given.map(field => [field.name, inputValue(random, field.type, wrong, depth)]));
  if (random.chance(wrong)) value.unknown = anyValue(random);
  return value;
}

export function anyValue(random) {
  return untyped(anyLiteral(random));
}

function untyped(source) {
  return valueFromASTUntyped(parseConstValue(source)) ?? null;
}
