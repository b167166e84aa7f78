// The audits of npm graphql-http: every rule of GraphQL over HTTP that can be asked from outside.
import { serverAudits } from 'graphql-http';

const known = 61; // A newer package with more audits is news, not a pass.

export async function run(ctx) {
  const { score } = ctx;
  const { url } = await ctx.server({ 
    'Http:AllowedGetOperations': 'Query', 'Http:EnforceGetRequestsPreflightHeader': false,
   });
  const audits = serverAudits({ url });
  if (audits.length !== known) score.fail('audits', `there are ${audits.length}, not ${known}`);
  for (const audit of audits) {
    const result = await audit.fn();
    if (result.status === 'ok') score.pass();
    else score.fail(audit.id, `${result.status}: ${audit.name}: ${result.reason}`);
  }

  return score;
}
