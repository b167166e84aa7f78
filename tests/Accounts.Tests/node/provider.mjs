// An OpenID Connect provider of other people's, on a free port of this machine; the first line it prints is its issuer.
// Arguments: the moment it takes for now, in milliseconds; our address to come back to; our id; our secret.
import { createServer } from 'node:http';

const [moment, redirect, clientId, clientSecret] = process.argv.slice(2);
const System = Date;
const shift = Number(moment) - System.now();
globalThis.Date = class extends System {
  constructor(...given) {
    super(...(given.length > 0 ? given : [System.now() + shift]));
  }

  static now() {
    return System.now() + shift;
  }
};

const { default: Provider } = await import('oidc-provider');
const server = createServer();
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
const issuer = `http://127.0.0.1:${server.address().port}`;
const provider = new Provider(issuer, {
  clients: [{
    client_id: clientId, client_secret: clientSecret, redirect_uris: [redirect],
    token_endpoint_auth_method: 'client_secret_post',
  }],
  cookies: { keys: ['of this test alone'] },
  pkce: { required: () => true },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
});
server.on('request', provider.callback());
console.log(issuer);
// Who started it closes this when the test is over.
process.stdin.on('end', () => process.exit(0)).resume();
