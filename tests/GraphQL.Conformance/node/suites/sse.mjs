// GraphQL over Server-Sent Events, distinct connections mode: the client of npm graphql-sse, and the frames themselves.
import assert from 'node:assert/strict';
import { createClient } from 'graphql-sse';

export async function run(ctx) {
  const { score } = ctx;
  const { url } = await ctx.server({ 'Http:Streams:Heartbeat': '00:00:00.050', 'Http:Streams:MaxStreamsPerUser': 3 });
  await score.check('a query has one result', () => query(url));
  await score.check('a refused mutation is data', () => refused(url));
  await score.check('a subscription ends when its source ends', () => counts(url));
  await score.check('who stops listening frees the place', () => aborts(url));
  await score.check('what cannot be executed is a next over 200', () => errorAsNext(url));
  await score.check('frames are next and complete, and comments break the silence', () => frames(url));
  await score.check('what is no request has a status of its own', () => malformed(url));
  await score.check('a client comes back after the connection was lost', () => reconnects(ctx));
  return score;
}

/** All results of one operation, with the client. */
async function all(url, query, variables) {
  const client = createClient({ url, singleConnection: false, retryAttempts: 0 });
  const results = [];
  for await (const result of client.iterate({ query, variables })) results.push(result);
  client.dispose();
  return results;
}

const ask = (url, body, headers = {}) => fetch(url, {
  method: 'POST',
  headers: { accept: 'text/event-stream', 'content-type': 'application/json', ...headers },
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

async function query(url) {
  const [result, ...more] = await all(url, '{ schools { totalCount } }');
  assert.deepEqual(result, { data: { schools: { totalCount: 2 } } });
  assert.equal(more.length, 0);
}

async function refused(url) {
  const [{ data, errors }] = await all(
    url, 'mutation { renameSchool(input: { schoolId: "U2Nob29sOjA", name: "" }) { errors { code } } }');
  assert.ok(errors?.length > 0 || data.renameSchool.errors.length > 0);
}

async function counts(url) {
  const results = await all(url, 'subscription { countdown(from: 3) }');
  assert.deepEqual(results.map(result => result.data.countdown), [3, 2, 1]);
}

async function aborts(url) {
  // More than may be open at a time: each must have left before the next ones come.
  for (let i = 0; i < 9; i++) {
    const controller = new AbortController();
    let response;
    do {
      response = await fetch(url, {
        method: 'POST',
        headers: { accept: 'text/event-stream', 'content-type': 'application/json' },
        body: JSON.stringify({ query: 'subscription { schoolRenamed { name } }' }),
        signal: controller.signal,
      });
    } while (response.status === 429);
    assert.equal(response.status, 200);
    controller.abort();
  }
}

async function errorAsNext(url) {
  for (const query of ['{ schools', '{ unknown }', 'subscription { countdown }', 'subscription { a: countdown(from: 1) b: countdown(from: 1) }']) {
    const response = await ask(url, { query });
    assert.equal(response.status, 200);
    const [, next, complete] = (await response.text()).split('\n\n').filter(Boolean);
    assert.match(next, /^event: next\ndata: \{"errors":\[\{"message":/);
    assert.equal(complete, 'event: complete\ndata:');
  }
}

async function frames(url) {
  const response = await ask(url, { query: 'subscription { schoolRenamed { name } }' });
  assert.equal(response.headers.get('content-type'), 'text/event-stream; charset=utf-8');
  let text = '';
  for await (const part of response.body.pipeThrough(new TextDecoderStream())) {
    text += part;
    if (text.length >= 9) break;
  }

  assert.match(text, /^(:\n\n){3}/);
  const done = await (await ask(url, { query: 'subscription { countdown(from: 1) }' })).text();
  assert.equal(done, ':\n\nevent: next\ndata: {"data":{"countdown":1}}\n\nevent: complete\ndata:\n\n');
}

async function malformed(url) {
  assert.equal((await ask(url, '{')).status, 400);
  assert.equal((await ask(url, {})).status, 400);
  assert.equal((await ask(url, 'query={a}', { 'content-type': 'text/plain' })).status, 415);
  assert.equal((await ask(url, { query: 'x'.repeat(70_000) })).status, 413);
  const plain = await ask(url, { query: 'subscription { countdown(from: 1) }' }, { accept: 'application/json' });
  assert.equal(plain.status, 406);
}

async function reconnects(ctx) {
  const { url } = await ctx.server();
  let lost = 0;
  const client = createClient({
    url,
    singleConnection: false,
    retryAttempts: 3,
    retry: async () => {},
    fetchFn: async (...args) => {
      if (lost++ === 0) throw new TypeError('connection lost');
      return fetch(...args);
    },
  });
  const seen = [];
  for await (const result of client.iterate({ query: 'subscription { countdown(from: 2) }' })) seen.push(result.data.countdown);
  client.dispose();
  assert.deepEqual(seen, [2, 1]);
  assert.equal(lost, 2);
}
