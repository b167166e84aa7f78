// What strangers send to bring a server down. Each probe must be refused as it should, in less than a quarter of a
// second and without the server growing: median of three, asked three times before it counts as a failure.
import assert from 'node:assert/strict';
import { request as send } from 'node:http';
import { Growth } from '../runner/growth.mjs';

const longestMs = 250;
const largestGrowthMb = 50;
const largestAnswer = 10_000; // Bytes: an answer that grows with the attack is one more attack.
const limit = /^GRAPHQL_(PARSER_)?LIMIT/;

export async function run(ctx) {
  const { score } = ctx;
  if (!Growth.isMeasurable) {
    score.skip('all probes', 'only Linux says how much memory a process takes');
    return score;
  }

  const { url, pid } = await ctx.server({ 'Http:BodyTimeout': '00:00:00.100' });
  const growth = new Growth(pid);
  await warmUp(url);
  for (const [name, { status, code, ...probe }] of Object.entries(probes())) {
    await score.check(name, async () => {
      let figures;
      for (let round = 0; round < 3; round++) {
        figures = await medianOfThree(url, growth, probe, status, code);
        if (figures.ms < longestMs && figures.mb < largestGrowthMb) break;
      }

      console.log(`abuse: ${name}: ${status}, ${figures.ms.toFixed(0)} ms, grew by ${figures.mb.toFixed(1)} MB`);
      assert.ok(figures.ms < longestMs, `took ${figures.ms.toFixed(0)} ms`);
      assert.ok(figures.mb < largestGrowthMb, `the server grew by ${figures.mb.toFixed(0)} MB`);
    });
  }

  await score.check('the same process still answers', async () => {
    const answer = await ask(url, json('{ __typename }'));
    assert.equal(answer.text, '{"data":{"__typename":"Query"}}');
    assert.ok(growth.isAlive, 'the server is another one');
  });
  return score;
}

async function medianOfThree(url, growth, probe, status, code) {
  const figures = [];
  for (let i = 0; i < 3; i++) {
    growth.begin();
    const began = performance.now();
    const answer = await ask(url, probe);
    figures.push({ ms: performance.now() - began, mb: growth.end() });
    assert.equal(answer.status, status, answer.text.slice(0, 300));
    assert.ok(answer.text.length < largestAnswer, `the answer has ${answer.text.length} bytes`);
    const { errors = [] } = JSON.parse(answer.text);
    assert.ok(errors.length > 0 && errors.length <= 5, `${errors.length} errors`);
    assert.match(errors[0].extensions?.code ?? '', code);
  }

  const median = name => figures.map(figure => figure[name]).sort((a, b) => a - b)[1];
  return { ms: median('ms'), mb: median('mb') };
}

// A server grows by what it has never done before; that is no attack's doing.
async function warmUp(url) {
  const wide = Array.from({ length: 500 }, (_, i) => `{ a${i}: __typename }`);
  for (const document of wide) await ask(url, json(document));
  for (const probe of Object.values(probes())) await ask(url, probe);
}

function probes() {
  const repeat = (text, times) => text.repeat(times);
  const many = (times, text) => Array.from({ length: times }, (_, i) => text(i)).join(' ');
  return {
    'alias flood': { ...json(`{ ${many(3_000, i => `a${i}: __typename`)} }`), status: 400, code: limit },
    'alias flood below a list': {
      ...json(`{ schools(first: 10) { nodes { ${many(500, i => `a${i}: name`)} } } }`), status: 400, code: limit,
    },
    'batch of requests': {
      ...post(JSON.stringify(Array(1_000).fill({ query: '{ __typename }' }))),
      status: 400, code: /^HTTP_BATCH_NOT_SUPPORTED$/,
    },
    'repeated unknown directive': { ...json(`{ __typename ${repeat('@x ', 10_000)} }`), status: 400, code: limit },
    'unknown directives everywhere': {
      ...json(`{ ${repeat('__typename @a @b @c ', 1_500)} }`), status: 400, code: /^GRAPHQL_/,
    },
    'field repetition': { ...json(`{ ${repeat('__typename ', 5_000)} }`), status: 400, code: limit },
    'conditions on every field': {
      ...json(`query(${many(300, i => `$c${i}: Boolean!`)}) { ${many(300, i => `__typename @include(if: $c${i})`)} }`),
      status: 400, code: limit,
    },
    'circular introspection': {
      ...json(`{ __schema { types { ${repeat('fields { type { ', 5)} name ${repeat('} } ', 5)} } } }`),
      status: 400, code: /^GRAPHQL_/,
    },
    'mutation over GET': { ...get('query=mutation{attach}'), status: 405, code: /^HTTP_METHOD_NOT_ALLOWED$/ },
    'document over GET': { ...get('query={__typename}'), status: 405, code: /^HTTP_METHOD_NOT_ALLOWED$/ },
    'form of another site': {
      ...post('query={__typename}', 'application/x-www-form-urlencoded'),
      status: 415, code: /^HTTP_UNSUPPORTED_MEDIA_TYPE$/,
    },
    'text of another site': {
      ...post('{"query":"{ __typename }"}', 'text/plain'), status: 415, code: /^HTTP_UNSUPPORTED_MEDIA_TYPE$/,
    },
    'files of another site': {
      ...post(form('{}', []), 'multipart/form-data; boundary=x'), status: 403, code: /^HTTP_PREFLIGHT_MISSING$/,
    },
    'depth bomb': { ...json(repeat('{a', 20_000)), status: 400, code: limit },
    'depth bomb that closes': {
      ...json(`${repeat('{a', 10_000)}${repeat('}', 10_000)}`), status: 400, code: limit,
    },
    'field depth': {
      ...json(`{ schools { nodes { ${repeat('students { nodes { school { ', 6)} name ${repeat('} } } ', 6)} } } }`),
      status: 400, code: /^GRAPHQL_/,
    },
    'flood of [': { ...json(`{ a(b: ${repeat('[', 60_000)}`), status: 400, code: limit },
    'flood of {': { ...json(`{ a(b: ${repeat('{c:', 20_000)}`), status: 400, code: limit },
    'flood of [ in a type': { ...json(`query($a: ${repeat('[', 60_000)}`), status: 400, code: limit },
    'flood of [ in JSON': {
      ...post(`{"query":"{ __typename }","variables":{"a":${repeat('[', 60_000)}`), status: 400, code: /^HTTP_NOT_JSON$/,
    },
    'fragments that double': { ...json(doubling(30)), status: 400, code: limit },
    'fragments in a circle': {
      ...json(`{ ...f0 } ${many(500, i => `fragment f${i} on Query { ...f${(i + 1) % 500} }`)}`),
      status: 400, code: /^GRAPHQL_/,
    },
    'same field in many shapes': { ...json(conflicting(300)), status: 400, code: /^GRAPHQL_/ },
    'variable definition flood': {
      ...json(`query(${many(3_000, i => `$v${i}: Int`)}) { __typename }`), status: 400, code: /^GRAPHQL_/,
    },
    'variable value flood': {
      ...json('query($a: [ID!]!) { nodes(ids: $a) { __typename } }', {
        a: Array(15_000).fill('x'),
      }),
      status: 400, code: limit,
    },
    'slow body': { body: ['{"query":'], length: 1_000, status: 408, code: /^HTTP_BODY_TOO_SLOW$/ },
    'upload amplification': {
      ...post(form(JSON.stringify({ variables: { f: Array(400).fill(null) } }), Array.from(
        { length: 400 }, (_, i) => `variables.f.${i}`)), 'multipart/form-data; boundary=x', { 'GraphQL-Preflight': '1' }),
      status: 413, code: /^UPLOAD_TOO_MANY_PATHS$/,
    },
    'huge body, announced': { body: [], length: 1e9, status: 413, code: /^HTTP_BODY_TOO_LARGE$/ },
    'huge body, not announced': {
      body: Array(256).fill(Buffer.alloc(64 * 1024, ' ')), status: 413, code: /^HTTP_BODY_TOO_LARGE$/,
    },
    'huge upload, announced': {
      body: [], length: 1e9, type: 'multipart/form-data; boundary=x', headers: { 'GraphQL-Preflight': '1' },
      status: 413, code: /^UPLOAD_TOO_LARGE$/,
    },
    'compressed body': {
      ...post('anything', 'application/json', { 'Content-Encoding': 'gzip' }),
      status: 415, code: /^HTTP_UNSUPPORTED_MEDIA_TYPE$/,
    },
  };
}

const json = (query, variables) => post(JSON.stringify({ query, variables }));
const post = (body, type, headers) => ({ body: [body], length: Buffer.byteLength(body), type, headers });
const get = query => ({ method: 'GET', query: encodeURI(query), body: [], headers: { 'GraphQL-Preflight': '1' } });

const doubling = levels => `{ ...f0 } ${Array.from({ length: levels }, (_, i) =>
  `fragment f${i} on Query { ...f${i + 1} ...f${i + 1} }`).join(' ')} fragment f${levels} on Query { __typename }`;

const conflicting = times => `{ ${Array.from({ length: times }, (_, i) =>
  `schools(first: ${i}) { nodes { name id x${i}: name } }`).join(' ')} }`;

const form = (operations, paths) => [
  '--x\r\nContent-Disposition: form-data; name="operations"\r\n\r\n', operations,
  '\r\n--x\r\nContent-Disposition: form-data; name="map"\r\n\r\n', JSON.stringify({ a: paths }),
  '\r\n--x\r\nContent-Disposition: form-data; name="a"; filename="a"\r\n\r\nx\r\n--x--\r\n',
].join('');

// Plain HTTP: fetch would neither send half a body nor listen while it still sends.
function ask(url, { method = 'POST', query = '', body, length, type = 'application/json', headers = {} }) {
  return new Promise((resolve, reject) => {
    const accept = { Accept: 'application/graphql-response+json', ...headers };
    const sized = length === undefined ? {} : { 'Content-Length': length };
    const sending = method === 'GET' ? accept : { ...accept, ...sized, 'Content-Type': type };
    const outgoing = send(`${url}?${query}`, { method, headers: sending, agent: false }, incoming => {
      let text = '';
      incoming.setEncoding('utf8').on('data', part => { text += part; });
      incoming.on('end', () => { outgoing.destroy(); resolve({ status: incoming.statusCode, text }); });
    });
    outgoing.on('error', reject);
    for (const part of body) outgoing.write(part);
    const isWhole = length === undefined || body.reduce((sum, part) => sum + Buffer.byteLength(part), 0) >= length;
    if (isWhole) outgoing.end();
    else outgoing.flushHeaders();
  });
}
