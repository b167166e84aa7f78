// Root data: plain JSON in which {"__error"} throws, {"__async"} comes later, {"__args"} answers the field's arguments.
import {
  execute,
  getNullableType,
  isCompositeType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql17';
import { anyValue, inputValue } from './values.mjs';

/** What a resolver answers for a value of the data. */
export function arrived(value, args) {
  if (Array.isArray(value)) return value.map(item => arrivedItem(item, args));
  if (value === null || typeof value !== 'object') return value;
  if ('__error' in value) throw new Error(value.__error);
  if ('__args' in value) return args;
  if ('__async' in value) {
    const later = new Promise(resolve => setTimeout(resolve, value.__async)).then(() =>
      arrived(value.value ?? null, args),
    );
    later.catch(() => {}); // It may be in a list nobody waits for any more.
    return later;
  }

  return value;
}

function arrivedItem(item, args) {
  try {
    return arrived(item, args);
  } catch (error) {
    return error;
  }
}

/** Data for one operation: the reference executes it, and what it asks for is made up on the way. */
export function dataFor(random, schema, document, operationName, variables) {
  const root = {};
  const maker = new Maker(random, schema);
  execute({
    schema,
    document,
    operationName,
    variableValues: variables,
    rootValue: root,
    fieldResolver(parent, _, __, info) {
      if (parent === null || typeof parent !== 'object' || Array.isArray(parent)) return null;
      if (!(info.fieldName in parent)) parent[info.fieldName] = maker.value(info.returnType, info.fieldName);
      return bare(parent[info.fieldName]);
    },
    typeResolver: value => value?.__typename,
  });
  return root;
}

/** The value without errors and delays, so that what is asked below it is made up as well. */
function bare(value) {
  if (Array.isArray(value)) return value.map(bare);
  if (value === null || typeof value !== 'object') return value;
  if ('__error' in value || '__args' in value) return null;
  return '__async' in value ? bare(value.value) : value;
}

class Maker {
  constructor(random, schema) {
    Object.assign(this, { random, schema, budget: 250 });
    // Some data is fine, some is late, some is full of holes.
    this.wrong = random.pick([0, 0.01, 0.04, 0.12]);
    this.late = random.pick([0, 0, 0.05, 0.3]);
  }

  value(type) {
    const { random } = this;
    if (random.chance(this.late)) return { __async: random.below(3), value: this.atOnce(type) };
    return this.atOnce(type);
  }

  atOnce(type) {
    const { random } = this;
    this.budget--;
    if (random.chance(this.wrong))
      return random.chance(0.5) ? { __error: 'boom' } : random.chance(0.5) ? null : anyValue(random);
    if (isNonNullType(type)) return this.present(type.ofType);
    return random.chance(0.12) ? null : this.present(type);
  }

  present(type) {
    const { random } = this;
    if (isListType(type)) return this.list(type.ofType);
    if (isCompositeType(type)) return { __typename: this.typeName(type) };
    if (isEnumType(type)) return random.pick(type.getValues()).name;
    if (/^S\d/.test(type.name)) return random.chance(0.6) ? { __args: true } : (anyValue(random) ?? 0);
    return random.chance(0.9)
      ? (inputValue(random, type, 0) ?? this.fallback(type.name))
      : random.pick([1, 0, 1.5, '12', 'x', true, false]);
  }

  list(itemType) {
    const length = this.budget < 0 ? 0 : this.random.below(4);
    return Array.from({ length }, () => this.value(itemType));
  }

  typeName(type) {
    const possible = isObjectType(type) ? [type] : this.schema.getPossibleTypes(type);
    return this.random.chance(this.wrong / 2) ? 'Nobody' : (this.random.pick(possible)?.name ?? 'Nobody');
  }

  fallback(name) {
    return { Int: 1, Float: 0.5, String: 'text', Boolean: true, ID: 'id' }[name];
  }
}

export const nullable = getNullableType;
