// graphql-transport-ws: the client of npm graphql-ws, and a raw socket that breaks the protocol in every way it names.
import assert from 'node:assert/strict';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';

const protocol = 'graphql-transport-ws';
const init = { type: 'connection_init' };
const hello = { query: '{ schools { totalCount } }' };
const endless = { query: 'subscription { schoolRenamed { name } }' };

/** What a client may send, and the code it is closed with. */
const violations = {
  'no JSON': [4400, init, 'nonsense'],
  'no message': [4400, init, '[]'],
  'an unknown type': [4400, init, { type: 'start', id: '1', payload: hello }],
  'no id': [4400, init, { type: 'subscribe', payload: hello }],
  'no payload': [4400, init, { type: 'subscribe', id: '1' }],
  'no query': [4400, init, { type: 'subscribe', id: '1', payload: { variables: {} } }],
  'variables that are no object': [4400, init, { type: 'subscribe', id: '1', payload: { ...hello, variables: [] } }],
  'a complete without id': [4400, init, { type: 'complete' }],
  'bytes': [4400, init, Buffer.from('{"type":"ping"}')],
  'subscribe before connection_init': [4401, { type: 'subscribe', id: '1', payload: hello }],
  'an id in use': [4409, init, { type: 'subscribe', id: '1', payload: endless }, { type: 'subscribe', id: '1', payload: hello }],
  'connection_init twice': [4429, init, init],
  'a message that is too large': [1009, init, { type: 'ping', payload: { text: 'x'.repeat(70_000) } }],
  'no connection_init in time': [4408],
};

export async function run(ctx) {
  const { score } = ctx;
  const { url } = await ctx.server({ 'Http:Streams:InitTimeout': '00:00:01', 'Http:Streams:MaxOperationsPerSocket': 3 });
  const address = url.replace(/^http/, 'ws');
  await score.check('a query has one result', async () => assert.deepEqual(
    await all(address, hello), [{ data: { schools: { totalCount: 2 } } }]));
  await score.check('a refused mutation is data', () => refused(address));
  await score.check('a subscription ends when its source ends', async () => assert.deepEqual(
    await all(address, { query: 'subscription { countdown(from: 3) }' }), [3, 2, 1].map(countdown => ({ data: { countdown } }))));
  await score.check('what cannot be executed is an error', () => fails(address));
  await score.check('who stops listening frees the operation', () => aborts(address));
  await score.check('a client comes back after its socket broke', () => reconnects(address));
  await score.check('a ping is answered with its payload', () => pings(address));
  await score.check('one operation too many is refused alone', () => tooMany(address));
  await score.check('a page of another origin gets no socket', () => foreign(address));
  await score.check('no subprotocol closes with 4406', async () => assert.equal(await closed(address, [], []), 4406));
  for (const [name, [code, ...messages]] of Object.entries(violations)) {
    await score.check(`${name} closes with ${code}`, async () => assert.equal(await closed(address, messages), code));
  }

  await score.check('a server that stops closes with 1001', () => stops(ctx));
  return score;
}

/** All results of one operation, with the client. */
async function all(url, payload) {
  const client = createClient({ url, webSocketImpl: WebSocket, retryAttempts: 0 });
  const results = [];
  for await (const result of client.iterate(payload)) results.push(result);
  await client.dispose();
  return results;
}

async function refused(url) {
  const [{ data, errors }] = await all(
    url, { query: 'mutation { renameSchool(input: { schoolId: "U2Nob29sOjA", name: "" }) { errors { code } } }' });
  assert.ok(errors?.length > 0 || data.renameSchool.errors.length > 0);
}

async function fails(url) {
  for (const query of ['{ schools', '{ unknown }', 'subscription { countdown }']) {
    await assert.rejects(all(url, { query }), errors => Array.isArray(errors) && errors[0].message.length > 0);
  }
}

async function aborts(url) {
  const client = createClient({ url, webSocketImpl: WebSocket, retryAttempts: 0, lazyCloseTimeout: 5_000 });
  for (let i = 0; i < 10; i++) {
    const events = client.iterate(endless);
    const next = events.next();
    await client.iterate(hello).next();
    await events.return();
    assert.ok((await next).done);
  }

  await client.dispose();
}

async function reconnects(url) {
  let connections = 0;
  const client = createClient({
    url,
    webSocketImpl: WebSocket,
    retryWait: async () => {},
    on: { connected: socket => { if (++connections === 1) socket.terminate(); } },
  });
  const seen = [];
  for await (const result of client.iterate({ query: 'subscription { countdown(from: 2) }' })) seen.push(result.data.countdown);
  await client.dispose();
  assert.deepEqual(seen, [2, 1]);
  assert.equal(connections, 2);
}

async function pings(url) {
  const { socket, next } = await raw(url);
  socket.send('{"type":"ping","payload":{"at":5}}');
  assert.deepEqual(await next(), { type: 'pong', payload: { at: 5 } });
  socket.send(JSON.stringify(init));
  assert.deepEqual(await next(), { type: 'connection_ack' });
  socket.terminate();
}

async function tooMany(url) {
  const { socket, next } = await raw(url);
  socket.send(JSON.stringify(init));
  await next();
  for (const id of ['1', '2', '3', '4']) socket.send(JSON.stringify({ id, type: 'subscribe', payload: endless }));
  const error = await next();
  assert.equal(error.id, '4');
  assert.equal(error.type, 'error');
  assert.equal(error.payload[0].extensions.code, 'TOO_MANY_OPERATIONS');
  socket.terminate();
}

async function foreign(url) {
  const socket = new WebSocket(url, protocol, { origin: 'https://evil.example' });
  const status = await new Promise((resolve, reject) => {
    socket.on('unexpected-response', (_, response) => resolve(response.statusCode));
    socket.on('open', () => reject(new Error('it opened')));
    socket.on('error', () => {});
  });
  assert.equal(status, 403);
  socket.terminate();
}

async function stops(ctx) {
  const server = await ctx.server();
  const { socket } = await raw(server.url.replace(/^http/, 'ws'));
  socket.send(JSON.stringify(init));
  const code = new Promise(resolve => socket.once('close', resolve));
  await server.stop();
  assert.equal(await code, 1001);
}

/** A socket that says what it is told, and what comes, one by one. */
async function raw(url, subprotocol = protocol) {
  const socket = new WebSocket(url, subprotocol);
  const come = [];
  const waiting = [];
  socket.on('message', data => (waiting.shift() ?? (message => come.push(message)))(JSON.parse(data)));
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  return { socket, next: () => new Promise(resolve => come.length > 0 ? resolve(come.shift()) : waiting.push(resolve)) };
}

/** The code a socket is closed with that sends these messages. */
function closed(url, messages, subprotocol = protocol) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, subprotocol);
    socket.on('open', () => {
      for (const message of messages) {
        socket.send(typeof message === 'string' || Buffer.isBuffer(message) ? message : JSON.stringify(message));
      }
    });
    socket.on('close', resolve);
    socket.on('error', reject);
  });
}
