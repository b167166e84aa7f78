// One case: a request for the bridge, and what its answer must be.
import { isInputType, isNonNullType } from 'graphql17';
import { garbled, rewritten } from './ast.mjs';
import * as compare from './compare.mjs';
import { dataFor } from './data.mjs';
import { documentText, introspectionText } from './documents.mjs';
import * as oracle from './oracle.mjs';
import { Random, seedOf } from './random.mjs';
import { schemaText } from './schemas.mjs';
import { inputValue } from './values.mjs';

const casesPerSchema = 25;

const kinds = {
  parse: 15,
  strip: 5,
  buildSchema: 12,
  sorted: 3,
  introspect: 3,
  validate: 30,
  execute: 33,
  subscribe: 2,
  coerce: 12,
  coordinate: 3,
};

/** Cases by number; those of the same schema stand together, so that both sides build it once. */
export class Cases {
  #run;
  #schemas = new Map();

  constructor(run) {
    this.#run = run;
  }

  /** The case of that number; its schema comes from the number, too, so that it can be had alone. */
  async at(number) {
    const random = new Random(seedOf(this.#run, number));
    const made = this.#schema(Math.floor(number / casesPerSchema));
    const kind = random.weighted(kinds);
    return { number, kind, ...(await makers[kind](random, made.sdl, made.schema, made)) };
  }

  #schema(number) {
    const known = this.#schemas.get(number);
    if (known) return known;

    const random = new Random(seedOf(~this.#run, number));
    let made;
    do {
      const sdl = schemaText(random);
      made = { sdl, ...oracle.schemaOf(sdl) };
    } while (!made.schema);
    if (this.#schemas.size > 4) this.#schemas.clear();
    this.#schemas.set(number, made);
    return made;
  }
}

const makers = { parse, strip, buildSchema, sorted, introspect, validate, execute, subscribe, coerce, coordinate };

/** A text to read: of a schema or of an operation, as it is, rewritten, or garbled. */
function source(random, sdl, schema) {
  const text = random.chance(0.4) ? sdl : documentText(random, schema);
  return random.chance(0.6) ? garbled(random, text) : text;
}

function parse(random, sdl, schema) {
  const text = source(random, sdl, schema);
  const expected = oracle.read(text);
  return {
    request: { op: 'parse', source: text },
    check: answer => {
      if (expected.draft) return answer.error ? null : 'a later draft was accepted';
      if (expected.error) return compare.same(expected.error, answer.error && [answer.error.line, answer.error.column]);
      return compare.same(oracle.printed(expected.document), answer.print);
    },
  };
}

function strip(random, sdl, schema) {
  const text = source(random, sdl, schema);
  const expected = oracle.stripped(text);
  return {
    request: { op: 'strip', source: text },
    check: answer =>
      expected.error
        ? compare.same(expected.error, answer.error && [answer.error.line, answer.error.column])
        : compare.same(expected.text, answer.text),
  };
}

function buildSchema(random, sdl, schema, made, isSorted = false) {
  const text = random.chance(0.7) ? rewritten(random, schemaText(random), 1 + random.below(3)) : schemaText(random);
  const expected = oracle.schemaOf(text);
  return {
    request: { op: 'buildSchema', sdl: text, sorted: isSorted },
    check: answer => {
      if (expected.draft) return answer.ok ? 'a later draft was accepted' : null;
      if (expected.unbuildable)
        return answer.ok ? `accepted, though the reference says: ${expected.unbuildable.message}` : null;
      if (expected.errors) return compare.sameFaults(expected.errors, faults(answer, 'schema'));
      return compare.same(oracle.printedSchema(expected.schema, isSorted), answer.sdl ?? answer);
    },
  };
}

function sorted(random, sdl, schema, made) {
  return buildSchema(random, sdl, schema, made, true);
}

function introspect(random, sdl, schema) {
  return {
    request: { op: 'introspect', sdl },
    check: answer =>
      compare.same(compare.introspection(oracle.introspected(schema)), compare.introspection(answer.data)),
  };
}

/** A document, valid as often as not. */
function operation(random, schema) {
  if (random.chance(0.1)) return introspectionText(random, schema);
  const text = documentText(random, schema, { careless: random.chance(0.6) ? 0 : 0.04 });
  return random.chance(0.3) ? rewritten(random, text, 1 + random.below(3)) : text;
}

function validate(random, sdl, schema) {
  const text = operation(random, schema);
  const { document, draft } = oracle.read(text);
  const expected = draft || !document ? null : oracle.validated(schema, document);
  return {
    request: { op: 'validate', sdl, source: text },
    check: answer => {
      if (draft || !document) return answer.error ? null : 'no error';
      return compare.sameValidation(expected, faults(answer, 'validate'));
    },
  };
}

async function execute(random, sdl, schema, made) {
  let text;
  let document;
  do {
    text = random.chance(0.08) ? introspectionText(random, schema) : documentText(random, schema, { careless: 0 });
    ({ document } = oracle.read(text));
  } while (!document || oracle.validated(schema, document).length > 0 || !runs(document));
  const operations = document.definitions.filter(one => one.kind === 'OperationDefinition');
  const chosen = random.pick(operations.filter(one => one.operation !== 'subscription'));
  const named = operations.length > 1 || random.chance(0.3) ? chosen.name?.value : undefined;
  const operationName = random.chance(0.03) ? 'Nobody' : random.chance(0.03) ? undefined : named;
  const variables = variablesFor(random, schema, chosen);
  const root = dataFor(random, schema, document, operationName, variables);
  const expected = await oracle.executed(made, document, { operationName, variables, root });
  return {
    request: { op: 'execute', sdl, source: text, operationName, variables, root },
    check: ({ result, error }) => {
      if (!result) return error?.message ?? 'no result';
      const given = { data: result.data, errors: faults(result, 'execution') };
      if (!expected.request) return compare.sameExecution(expected, given);
      return 'data' in result ? 'executed' : compare.sameRequestErrors(expected.request, given.errors);
    },
  };
}

/** A stream: an event is an execution of its own, and a source that cannot be opened one error of the request. */
async function subscribe(random, sdl, schema, made) {
  if (!schema.getSubscriptionType()) return execute(random, sdl, schema, made);

  let text;
  let document;
  do {
    text = documentText(random, schema, { careless: 0, only: 'subscription' });
    ({ document } = oracle.read(text));
  } while (!document || oracle.validated(schema, document).length > 0);
  const [chosen] = document.definitions.filter(one => one.kind === 'OperationDefinition');
  const variables = variablesFor(random, schema, chosen);
  const events = random.chance(0.05)
    ? { __error: 'no source' }
    : Array.from({ length: random.below(4) }, () => dataFor(random, schema, document, undefined, variables));
  const expected = await oracle.streamed(made, document, { variables, events });
  return {
    request: { op: 'subscribe', sdl, source: text, variables, events },
    check: ({ results, error }) => {
      if (!results) return error?.message ?? 'no results';
      if (expected.refused) {
        if (results.length !== 1 || 'data' in results[0]) return 'a stream that should not have been opened';
        return compare.sameRequestErrors(expected.refused, faults(results[0], 'request'));
      }

      if (results.length !== expected.length) return `${results.length} results instead of ${expected.length}`;
      const wrong = expected.map((one, index) =>
        compare.sameExecution(one, { data: results[index].data, errors: faults(results[index], 'execution') }),
      );
      return wrong.find(found => found) ?? null;
    },
  };
}

const runs = document =>
  document.definitions.some(one => one.kind === 'OperationDefinition' && one.operation !== 'subscription') &&
  !(
    document.definitions.filter(one => one.kind === 'OperationDefinition').length === 1 &&
    document.definitions.some(one => one.operation === 'subscription')
  );

function variablesFor(random, schema, definition) {
  const wrong = random.chance(0.8) ? 0 : 0.1;
  const variables = {};
  for (const { variable, type, defaultValue } of definition.variableDefinitions ?? []) {
    const real = typeOf(schema, type);
    const needed = isNonNullType(real) && !defaultValue;
    if (needed ? random.chance(wrong) : random.chance(0.3)) continue;
    const value = inputValue(random, real, wrong);
    variables[variable.name.value] =
      value === null && isNonNullType(real) && wrong === 0 ? inputValue(random, real, 0) : value;
  }

  if (random.chance(0.05)) variables.stranger = 1;
  return variables;
}

function typeOf(schema, node) {
  return oracle.typeOf(schema, node);
}

function coerce(random, sdl, schema) {
  const inputs = Object.values(schema.getTypeMap()).filter(type => isInputType(type) && !type.name.startsWith('__'));
  const named = random.pick(inputs);
  const type = random.weighted({ [named]: 5, [`${named}!`]: 2, [`[${named}!]`]: 2, [`[[${named}]!]!`]: 1 });
  const value = inputValue(random, oracle.typeNamed(schema, type), random.chance(0.5) ? 0.02 : 0.12);
  const expected = oracle.coerced(schema, type, value);
  return {
    request: { op: 'coerce', sdl, type, value },
    check: answer =>
      expected.errors
        ? compare.samePaths(expected.errors, faults(answer, 'coerce'))
        : compare.same(expected.value, answer.ok ? answer.value : answer),
  };
}

function coordinate(random, sdl, schema) {
  const names = [
    'Query',
    'Nobody',
    'x',
    'id',
    'name',
    'd0',
    'A',
    'I0',
    'E0',
    '__Type',
    ...Object.keys(schema.getTypeMap()),
  ];
  const name = () => random.pick(names);
  const text = random.pick([
    () => name(),
    () => `${name()}.${name()}`,
    () => `${name()}.${name()}(${name()}:)`,
    () => `@${name()}`,
    () => `@${name()}(${name()}:)`,
    () => garbled(random, `${name()}.${name()}(${name()}:)`),
  ])();
  const expected = oracle.element(schema, text);
  return {
    request: { op: 'coordinate', sdl, coordinate: text },
    check: answer =>
      expected.error
        ? answer.error
          ? null
          : 'no error'
        : compare.same(expected.kind, answer.ok ? answer.kind : answer.error),
  };
}

const first = places =>
  places?.length ? (Array.isArray(places[0]) ? places[0] : [places[0].line, places[0].column]) : null;

function faults(answer, phase) {
  return (answer.errors ?? []).map(error => ({
    kind: error.rule ?? error.phase ?? phase,
    at: first(error.locations),
    path: error.path ?? null,
    all: (error.locations ?? []).map(location => first([location])),
  }));
}
