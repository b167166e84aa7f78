// What npm graphql 17.1.0 makes of a request, in the form the comparison wants. It is held to the edition of September
// 2025: what it can do beyond that is switched off here or, where there is no switch, answered with { draft: true }.
import { createRequire } from 'node:module';
import {
  __Directive,
  __DirectiveLocation,
  __Schema,
  buildASTSchema,
  coerceInputValue,
  execute,
  subscribe,
  getIntrospectionQuery,
  getNamedType,
  GraphQLDeprecatedDirective,
  lexicographicSortSchema,
  parse,
  parseType,
  print,
  printSchema,
  recommendedRules,
  resolveSchemaCoordinate,
  specifiedRules,
  stripIgnoredCharacters,
  typeFromAST,
  TypeInfo,
  validate,
  validateInputValue,
  validateSchema,
  visit,
  visitWithTypeInfo,
} from 'graphql17';
import { arrived } from './data.mjs';

// The rules about schema texts are not exported.
const inside = createRequire(import.meta.resolve('graphql17'));
const { validateSDL } = inside('./validation/validate.js');
const { specifiedSDLRules } = inside('./validation/specifiedRules.js');

const edition = { allowEmptySelectionSets: false };
const laterRules = /^(Defer|Stream)/;
const laterLocations = ['FRAGMENT_VARIABLE_DEFINITION', 'DIRECTIVE_DEFINITION'];
const noPropagation = {
  kind: 'Directive',
  name: { kind: 'Name', value: 'experimental_disableErrorPropagation' },
};

// Directives that are deprecated themselves are a later draft.
delete __Directive.getFields().isDeprecated;
delete __Directive.getFields().deprecationReason;
__Schema.getFields().directives.args = [];
__DirectiveLocation._values = __DirectiveLocation.getValues().filter(value => !laterLocations.includes(value.name));
GraphQLDeprecatedDirective.locations = GraphQLDeprecatedDirective.locations.filter(
  name => !laterLocations.includes(name),
);

export const ruleName = rule => rule.name.replace(/Rule$/, '');

const executableRules = [...new Set([...specifiedRules, ...recommendedRules])]
  .filter(rule => !laterRules.test(rule.name))
  .map(named);
const schemaRules = specifiedSDLRules.map(named);

/** The rule, with its name on every error it reports. */
function named(rule) {
  return context => {
    const report = error => context.reportError(Object.assign(error, { rule: ruleName(rule) }));
    return rule(
      new Proxy(context, {
        get(target, key) {
          if (key === 'reportError') return report;
          if (key === 'getRecursiveVariableUsages') return operation => usages(target, operation);
          const value = Reflect.get(target, key, target);
          return typeof value === 'function' ? value.bind(target) : value;
        },
      }),
    );
  };
}

/**
 * A field of a OneOf input object takes no nullable variable (5.8.5). The reference looks for the input object one type
 * above the variable and does not know it there as a non-null type or as an item of a list, so it is told here.
 */
function usages(context, operation) {
  const typeInfo = new TypeInfo(context.getSchema());
  const parents = new Map();
  visit(
    context.getDocument(),
    visitWithTypeInfo(typeInfo, {
      ObjectField: ({ value }) => void parents.set(value, typeInfo.getParentInputType()),
    }),
  );
  return context.getRecursiveVariableUsages(operation).map(usage => {
    const parent = parents.get(usage.node);
    return { ...usage, parentType: parent && getNamedType(parent) };
  });
}

const place = location => (location ? [location.line, location.column] : null);
const fault = (kind, error) => ({
  kind,
  at: place(error.locations?.[0]),
  path: error.path ?? null,
  all: (error.locations ?? []).map(place),
});

export function read(source) {
  try {
    const document = parse(source, edition);
    return isDraft(document) ? { draft: true } : { document };
  } catch (error) {
    return { error: place(error.locations[0]) };
  }
}

function isDraft(document) {
  let found = false;
  visit(document, {
    DirectiveExtension() {
      found = true;
    },
    DirectiveDefinition(node) {
      found ||=
        (node.directives ?? []).length > 0 || node.locations.some(location => laterLocations.includes(location.value));
    },
  });
  return found;
}

export const printed = document => print(document);

export function stripped(source) {
  try {
    return { text: stripIgnoredCharacters(source) };
  } catch (error) {
    return { error: place(error.locations[0]) };
  }
}

/** A schema, or what is wrong with the text. */
export function schemaOf(sdl) {
  const { document, error, draft } = read(sdl);
  if (draft) return { draft };
  if (error) return { errors: [{ kind: 'syntax', at: error, path: null }] };

  const textErrors = validateSDL(document, undefined, schemaRules);
  if (textErrors.length > 0) return { errors: textErrors.map(found => fault(found.rule, found)) };

  let schema;
  let errors;
  try {
    schema = buildASTSchema(document, { assumeValidSDL: true });
    errors = validateSchema(schema);
  } catch (unbuildable) {
    return { unbuildable };
  }

  return errors.length > 0 ? { errors: errors.map(found => fault('schema', found)) } : { schema, document };
}

export const printedSchema = (schema, sorted) => printSchema(sorted ? lexicographicSortSchema(schema) : schema);

// The arguments of an unknown directive have no known type; the reference takes those of the field around it.
const enter = TypeInfo.prototype.enter;
TypeInfo.prototype.enter = function enterWithDirective(node) {
  enter.call(this, node);
  if (node.kind === 'Directive') this._directive ??= { args: [] };
};

export function validated(schema, document) {
  return validate(schema, document, executableRules, { maxErrors: Infinity, ...edition }).map(found => ({
    ...fault(found.rule, found),
    all: found.nodes.map(node => placeOf(node)),
  }));
}

function placeOf(node) {
  const { line, column } = node.loc.startToken;
  return [line, column];
}

/** The answer, and beside it every error there is when none of them hides another (see `compare.mjs`). */
export async function executed({ schema, document: schemaDocument }, document, request) {
  const types = new Map();
  const answer = await run(schema, document, request, types);
  if (!('data' in answer)) return { request: answer.errors.map(found => fault('request', found)) };

  const everything = await run(schema, withoutPropagation(document), request, types);
  const possible = (everything.errors ?? []).map(found => fault('execution', found));
  // The reference asks no resolver when arguments are wrong, so the field's type is had from a run without arguments.
  if (possible.some(({ path }) => path && !types.has(fieldOf(path)))) {
    await run(withoutDemands(schemaDocument), withoutPropagation(withoutArguments(document)), request, types);
  }

  return {
    data: answer.data,
    errors: (answer.errors ?? []).map(found => fault('execution', found)),
    possible,
    types,
  };
}

/** What each event is answered, as `executed` says it; or why there is no stream. */
export async function streamed(made, document, { variables, events }) {
  const stream = await subscribe({
    schema: made.schema,
    document,
    variableValues: variables,
    hideSuggestions: true,
    async *subscribeFieldResolver() {
      yield* events;
    },
    ...('__error' in events && {
      subscribeFieldResolver: () => {
        throw new Error(events.__error);
      },
    }),
  });
  if (!(Symbol.asyncIterator in stream)) return { refused: stream.errors.map(found => fault('request', found)) };

  await stream.return();
  return Promise.all(events.map(root => executed(made, document, { variables, root })));
}

function run(schema, document, { operationName, variables, root }, types) {
  return execute({
    schema,
    document,
    rootValue: root,
    operationName,
    variableValues: variables,
    hideSuggestions: true,
    fieldResolver(parent, args, _, info) {
      types.set(pathOf(info.path).join('.'), info.returnType);
      return arrived(parent?.[info.fieldName], args);
    },
    typeResolver: value => (typeof value?.__typename === 'string' ? value.__typename : undefined),
  });
}

const undemanding = new WeakMap();

/** The schema with no argument required, for operations that give none. */
function withoutDemands(schemaDocument) {
  if (!undemanding.has(schemaDocument)) {
    const optional = argument => ({
      ...argument,
      type: argument.type.kind === 'NonNullType' ? argument.type.type : argument.type,
    });
    const edited = visit(schemaDocument, {
      FieldDefinition: field => ({ ...field, arguments: field.arguments?.map(optional) }),
    });
    undemanding.set(schemaDocument, buildASTSchema(edited, { assumeValidSDL: true }));
  }

  return undemanding.get(schemaDocument);
}

const withoutArguments = document => visit(document, { Field: field => ({ ...field, arguments: [] }) });

/** The key of the field a path ends in, whatever item of its list it ends at. */
export function fieldOf(path) {
  let length = path.length;
  while (typeof path[length - 1] === 'number') length--;
  return path.slice(0, length).join('.');
}

function withoutPropagation(document) {
  const definitions = document.definitions.map(definition =>
    definition.kind === 'OperationDefinition'
      ? { ...definition, directives: [...(definition.directives ?? []), noPropagation] }
      : definition,
  );
  return { ...document, definitions };
}

function pathOf(path) {
  const keys = [];
  for (let step = path; step; step = step.prev) keys.unshift(step.key);
  return keys;
}

export function introspected(schema) {
  const query = getIntrospectionQuery({
    specifiedByUrl: true,
    directiveIsRepeatable: true,
    schemaDescription: true,
    inputValueDeprecation: true,
    oneOf: true,
  });
  return execute({ schema, document: parse(query) }).data;
}

export function coerced(schema, typeText, value) {
  const type = typeFromAST(schema, parseType(typeText));
  const result = coerceInputValue(value, type);
  if (result !== undefined) return { value: result };

  const errors = [];
  validateInputValue(value, type, (_, path) => errors.push({ kind: 'coerce', at: null, path }));
  return { errors };
}

const elementNames = { NamedType: 'Type', FieldArgument: 'Argument', DirectiveArgument: 'Argument' };

export function element(schema, coordinate) {
  try {
    const kind = resolveSchemaCoordinate(schema, coordinate)?.kind ?? null;
    return { kind: elementNames[kind] ?? kind };
  } catch (error) {
    return error.locations ? { error: true } : { kind: null };
  }
}

export const typeOf = (schema, node) => typeFromAST(schema, node);
export const typeNamed = (schema, text) => typeFromAST(schema, parseType(text));
