// @urql/core as an application uses it: fragments and variables, errors of a field, paging to the end, and a cache that
// knows from __typename and the mutation what to ask again.
import assert from 'node:assert/strict';
import { cacheExchange, Client, fetchExchange, gql, subscriptionExchange } from '@urql/core';
import { createClient as createSseClient } from 'graphql-sse';
import { createClient as createSocketClient } from 'graphql-ws';
import WebSocket from 'ws';

const page = gql`
  query ($after: String) {
    students(first: 60, after: $after) {
      totalCount
      pageInfo { hasNextPage endCursor }
      edges { cursor node { id familyName school { id name } } }
    }
  }
`;
const schools = gql`{ schools { nodes { id name } } }`;
const rename = gql`
  mutation ($input: RenameSchoolInput!) {
    renameSchool(input: $input) { school { id name } errors { code message path } }
  }
`;
const renamed = gql`subscription { schoolRenamed { id name } }`;
const countdown = gql`subscription ($from: Int!) { countdown(from: $from) }`;

export async function run(ctx) {
  const { score } = ctx;
  const { url } = await ctx.server();
  await score.check('pages come to an end', () => pages(url));
  await score.check('a mutation makes the cache ask again, a repeated question does not', () => caches(url));
  await score.check('a refused mutation is data', () => refused(url));
  await score.check('an error of a field leaves the rest', () => partial(url));
  await score.check('a wrong variable is an error without data', () => wrong(url));
  await score.check('queries over GET are not answered', () => overGet(url));
  for (const [name, transport] of Object.entries(transports(url))) {
    await score.check(`a subscription over ${name} ends when its source ends`, () => counts(url, transport()));
    await score.check(`an event over ${name} reaches who subscribed, until they go`, () => hears(url, transport()));
  }

  return score;
}

/** Ways to subscribe; each makes urql's forwardSubscription, and how to close it. */
function transports(url) {
  const forward = client => ({
    forward: request => ({ subscribe: sink => ({ unsubscribe: client.subscribe(request, sink) }) }),
    dispose: () => client.dispose(),
  });
  return {
    SSE: () => forward(createSseClient({ url, singleConnection: false })),
    WebSocket: () => forward(createSocketClient({ url: url.replace(/^http/, 'ws'), webSocketImpl: WebSocket })),
  };
}

/** GET is for trusted documents alone, which urql must be told: it asks over GET when the address is short enough. */
function client(url, options = {}) {
  const asked = [];
  const counting = (...args) => {
    asked.push(args[1].method);
    return fetch(...args);
  };
  return Object.assign(new Client({
    url, fetch: counting, exchanges: [cacheExchange, fetchExchange], preferGetMethod: false, ...options,
  }), { asked });
}

async function pages(url) {
  const urql = client(url);
  const seen = [];
  let after = null;
  do {
    const { data, error } = await urql.query(page, { after }).toPromise();
    assert.equal(error, undefined);
    const { edges, pageInfo, totalCount } = data.students;
    assert.equal(totalCount, 250);
    assert.equal(pageInfo.endCursor, edges.at(-1).cursor);
    seen.push(...edges.map(edge => edge.node.id));
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after !== null);
  assert.equal(new Set(seen).size, 250);
  assert.equal(urql.asked.length, 5);
}

async function caches(url) {
  const urql = client(url);
  const first = (await urql.query(schools, {}).toPromise()).data.schools.nodes[0];
  assert.equal((await urql.query(schools, {}).toPromise()).data.schools.nodes[0].id, first.id);
  assert.equal(urql.asked.length, 1);

  const input = { schoolId: first.id, name: `${first.name} renamed` };
  const { data } = await urql.mutation(rename, { input }).toPromise();
  assert.deepEqual(data.renameSchool.errors, null);
  const after = (await urql.query(schools, {}).toPromise()).data.schools.nodes.find(school => school.id === first.id);
  assert.equal(after.name, input.name);
  assert.equal(urql.asked.length, 3);
}

async function refused(url) {
  const urql = client(url);
  const { id } = (await urql.query(schools, {}).toPromise()).data.schools.nodes[0];
  const { data, error } = await urql.mutation(rename, { input: { schoolId: id, name: '' } }).toPromise();
  assert.equal(error, undefined);
  assert.equal(data.renameSchool.school, null);
  assert.deepEqual(data.renameSchool.errors[0].path, ['name']);
}

async function partial(url) {
  const { data, error } = await client(url)
    .query(gql`{ students(first: 2) { nodes { familyName healthNote } } }`, {}).toPromise();
  assert.deepEqual(data.students.nodes.map(node => node.healthNote), [null, null]);
  assert.ok(data.students.nodes[1].familyName);
  assert.deepEqual(error.graphQLErrors.map(e => [e.path.join('.'), e.extensions.code]), [
    ['students.nodes.0.healthNote', 'AUTH_NOT_AUTHENTICATED'],
    ['students.nodes.1.healthNote', 'AUTH_NOT_AUTHENTICATED'],
  ]);
}

async function wrong(url) {
  const { data, error } = await client(url).query(page, { after: 7 }).toPromise();
  assert.equal(data, undefined);
  assert.match(error.message, /\$after/);
}

async function overGet(url) {
  const urql = client(url, { preferGetMethod: 'within-url-limit' });
  const { error } = await urql.query(schools, {}).toPromise();
  assert.deepEqual(urql.asked, ['GET']);
  assert.equal(error.response.status, 405);
}

function subscriber(url, { forward }) {
  return client(url, {
    exchanges: [cacheExchange, fetchExchange, subscriptionExchange({ forwardSubscription: forward })],
  });
}

async function counts(url, transport) {
  const numbers = [];
  const urql = subscriber(url, transport);
  await new Promise((resolve, reject) => {
    // urql tells of the end of a stream only by the last result, whose hasNext is false.
    urql.subscription(countdown, { from: 3 }).subscribe(({ data, error, hasNext }) => {
      if (error) reject(error);
      else if (data && numbers.at(-1) !== data.countdown) numbers.push(data.countdown);
      if (!hasNext) resolve();
    });
  });
  await transport.dispose();
  assert.deepEqual(numbers, [3, 2, 1]);
}

async function hears(url, transport) {
  const urql = subscriber(url, transport);
  const school = (await urql.query(schools, {}).toPromise()).data.schools.nodes[0];
  const heard = [];
  let told;
  const subscription = urql.subscription(renamed, {}).subscribe(({ data, error }) => {
    heard.push(error ?? data.schoolRenamed.name);
    told?.();
  });
  // Nothing says when a subscription has begun: rename until the first event arrives.
  for (let i = 0; heard.length === 0 && i < 200; i++) {
    const arrives = new Promise(resolve => (told = resolve));
    await urql.mutation(rename, { input: { schoolId: school.id, name: `Name ${i}` } }).toPromise();
    await Promise.race([arrives, new Promise(resolve => setTimeout(resolve, 50))]);
  }

  assert.match(String(heard[0]), /^Name \d+$/);
  subscription.unsubscribe();
  const before = heard.length;
  await urql.mutation(rename, { input: { schoolId: school.id, name: 'Nobody listens' } }).toPromise();
  await urql.query(schools, {}, { requestPolicy: 'network-only' }).toPromise();
  assert.equal(heard.length, before);
  await transport.dispose();
}
