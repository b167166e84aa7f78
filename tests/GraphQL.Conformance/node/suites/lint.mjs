// The schemas we publish, read by @graphql-eslint; and a schema that breaks every rule, so that no rule sleeps.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import graphqlPlugin from '@graphql-eslint/eslint-plugin';
import { Linter } from 'eslint';
import { schemaRules } from '../schema-rules.mjs';

export async function run(ctx) {
  const { score } = ctx;
  const schemas = {
    product: readFileSync(join(ctx.repository, 'host/App/schema.graphql'), 'utf8'),
    sample: await ctx.sampleSchema(),
  };
  for (const [name, sdl] of Object.entries(schemas)) {
    const found = problems(sdl);
    for (const rule of Object.keys(schemaRules)) {
      if (!found.some(problem => problem.rule === rule)) score.pass();
    }

    for (const { rule, line, message } of found) score.fail(`${name}, ${rule}`, `line ${line}: ${message}`);
  }

  const broken = problems(readFileSync(new URL('../fixtures/breaks-every-rule.graphql', import.meta.url), 'utf8'));
  for (const rule of Object.keys(schemaRules)) {
    if (broken.some(problem => problem.rule === rule)) score.pass();
    else score.fail(rule, 'did not notice the schema that breaks it');
  }

  return score;
}

function problems(sdl) {
  const config = {
    files: ['**/*.graphql'],
    plugins: { '@graphql-eslint': graphqlPlugin },
    languageOptions: { parser: graphqlPlugin.parser, parserOptions: { graphQLConfig: { schema: sdl } } },
    rules: Object.fromEntries(
      Object.entries(schemaRules).map(([rule, options]) => [`@graphql-eslint/${rule}`, ['error', ...options]])),
  };
  const before = process.env.NODE_ENV;
  process.env.NODE_ENV = 'test'; // Otherwise the plugin remembers the first schema it saw for all others.
  const messages = new Linter({ configType: 'flat' }).verify(sdl, config, 'schema.graphql');
  if (before === undefined) delete process.env.NODE_ENV;
  else process.env.NODE_ENV = before;
  return messages.map(({ ruleId, line, message }) => ({
    rule: ruleId?.replace('@graphql-eslint/', '') ?? 'syntax', line, message,
  }));
}
