// What we say about a schema is what graphql 17 says about the same text: introspection and printed SDL.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  buildClientSchema, buildSchema, getIntrospectionQuery, introspectionFromSchema, isSpecifiedDirective,
  isSpecifiedScalarType, lexicographicSortSchema, printSchema,
} from 'graphql17';
import { post } from '../runner/graphql.mjs';

const everything = {
  specifiedByUrl: true, directiveIsRepeatable: true, schemaDescription: true, inputValueDeprecation: true, oneOf: true,
};

// Locations of drafts after September 2025: deprecated directives, arguments of fragments.
const newer = ['DIRECTIVE_DEFINITION', 'FRAGMENT_VARIABLE_DEFINITION'];

export async function run(ctx) {
  const { score } = ctx;
  const product = readFileSync(join(ctx.repository, 'host/App/schema.graphql'), 'utf8');
  const sample = await ctx.sampleSchema();

  const bridge = ctx.bridge();
  const { data } = await bridge.ask({ op: 'introspect', sdl: product });
  await score.check('the product describes itself as the reference describes it', () => same(data, product));
  await score.check('the product is printed as the reference prints it', () => assert.equal(
    withoutPrices(product), printSchema(lexicographicSortSchema(buildSchema(product)))));

  const { url } = await ctx.server();
  const served = (await post(url, { query: getIntrospectionQuery(everything) })).data;
  await score.check('the sample describes itself as the reference describes it', () => same(served, sample));
  await score.check('a client builds the sample from its introspection', () => assert.equal(
    printSchema(lexicographicSortSchema(buildClientSchema(served))),
    printSchema(lexicographicSortSchema(buildSchema(sample)))));
  await score.check('the sample is printed as the reference prints it', () => assert.equal(
    withoutPrices(sample), printSchema(buildSchema(sample))));
  await score.check('another schema is noticed', () => assert.throws(
    () => same(served, sample.replace('familyName: String!', 'familyName: String'))));

  const closed = await ctx.server({ 'GraphQL:AllowIntrospection': false });
  await score.check('introspection is refused where it is off, __typename is not', async () => {
    assert.equal((await post(closed.url, { query: '{ __schema { description } }' })).data, undefined);
    assert.deepEqual((await post(closed.url, { query: '{ __typename }' })).data, { __typename: 'Query' });
  });
  return score;
}

function same(ours, sdl) {
  assert.deepEqual(normal(ours.__schema), normal(introspectionFromSchema(buildSchema(sdl), everything).__schema));
}

/** The reference prints no directives that were applied, save those of the specification. */
function withoutPrices(sdl) {
  return sdl.trimEnd().replace(/(?<!directive) @(cost|listSize)\((?:[^()"]|"[^"]*")*\)/g, '');
}

/**
 * Types and directives in the order of names; without what graphql 17 has from drafts after September 2025. How the
 * specification's own types and directives are described is up to each library.
 */
function normal(schema) {
  const { types, directives, ...rest } = structuredClone(schema);
  const byName = (a, b) => (a.name < b.name ? -1 : 1);
  const own = type => isSpecifiedScalarType(type) || type.name.startsWith('__');
  types.filter(own).forEach(undescribe);
  directives.filter(isSpecifiedDirective).forEach(undescribe);
  for (const directive of directives) {
    delete directive.isDeprecated;
    delete directive.deprecationReason;
    directive.locations = directive.locations.filter(location => !newer.includes(location));
  }

  for (const { name, enumValues, fields } of types) {
    if (name === '__DirectiveLocation') drop(enumValues, newer);
    if (name === '__Schema') drop(fields.find(field => field.name === 'directives').args, ['includeDeprecated']);
    if (name === '__Directive') drop(fields, ['isDeprecated', 'deprecationReason']);
  }

  return { ...rest, types: types.sort(byName), directives: directives.sort(byName) };
}

function undescribe(described) {
  if (described === null || typeof described !== 'object') return;
  delete described.description;
  Object.values(described).forEach(undescribe);
}

function drop(items, names) {
  items.splice(0, items.length, ...items.filter(item => !names.includes(item.name)));
}
