// GraphQL Code Generator's client preset against our printed schema; its persisted documents are then all that a server
// answers, by the hashes that are in the generated code.
import assert from 'node:assert/strict';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { post } from '../runner/graphql.mjs';
import { home, tool } from '../runner/tool.mjs';

export async function run(ctx) {
  const { score } = ctx;
  const sample = await ctx.sampleSchema();
  cpSync(join(home, 'codegen'), join(ctx.folder, 'src'), { recursive: true });
  await score.check('a value that is not there is not generated for', () => assert.throws(
    () => generate(ctx, sample.replaceAll('WayToSchool', 'WayToWork')), /WayToSchool/));
  let made = false;
  await score.check('types and documents are generated', () => {
    generate(ctx, sample);
    made = true;
  });
  if (made) await answers(ctx);
  return score;
}

function generate(ctx, sdl) {
  writeFileSync(join(ctx.folder, 'schema.graphql'), sdl);
  const config = join(ctx.folder, 'codegen.json');
  writeFileSync(config, JSON.stringify({
    schema: join(ctx.folder, 'schema.graphql'),
    documents: join(ctx.folder, 'src/*.ts'),
    generates: {
      [join(ctx.folder, 'src/generated/')]: {
        preset: 'client',
        presetConfig: { persistedDocuments: { hashAlgorithm: 'sha256' } },
        config: { documentMode: 'string' },
      },
    },
  }));
  const { status, output } = tool('graphql-codegen', ['--config', config]);
  if (status !== 0) throw new Error(`graphql-codegen ended with ${status}: ${output}`);
}

async function answers(ctx) {
  const { score } = ctx;
  const generated = join(ctx.folder, 'src/generated');
  const manifest = join(generated, 'persisted-documents.json');
  const code = readFileSync(join(generated, 'graphql.ts'), 'utf8');
  const hashes = Object.fromEntries(Object.entries(JSON.parse(readFileSync(manifest, 'utf8')))
    .map(([hash, text]) => [/\b(?:query|mutation) (\w+)/.exec(text)[1], hash]));
  await score.check('generated documents carry their hashes', () => {
    assert.deepEqual(Object.keys(hashes).sort(), ['Anything', 'RenameSchool', 'StudentPage']);
    for (const hash of Object.values(hashes)) assert.ok(code.includes(`"${hash}"`), hash);
  });

  const { url } = await ctx.server({ 'Trusted:Documents': generated, 'GraphQL:PersistedOperations:Mode': 'Only' });
  const ask = (operation, variables) => post(url, { documentId: hashes[operation], variables });
  let school;
  await score.check('a query with an enum pages to the end', async () => {
    let found = 0;
    for (let after = null, more = true; more;) {
      const { nodes, pageInfo } = (await ask('StudentPage', { after, way: 'SCHOOL_BUS' })).data.students;
      assert.ok(nodes.every(student => student.way === 'SCHOOL_BUS'));
      ({ endCursor: after, hasNextPage: more } = pageInfo);
      found += nodes.length;
      school = nodes[0].school;
    }

    assert.equal(found, 84);
  });
  await score.check('a mutation changes what the next query says', async () => {
    assert.deepEqual((await ask('RenameSchool', { id: school.id, name: 'Lincoln' })).data.renameSchool, {
      school: { id: school.id, name: 'Lincoln' }, errors: null,
    });
    assert.deepEqual((await ask('Anything', { id: school.id })).data.node, { __typename: 'School', name: 'Lincoln' });
  });
  await score.check('a refused mutation says why', async () => {
    const { renameSchool } = (await ask('RenameSchool', { id: school.id, name: '' })).data;
    assert.deepEqual(renameSchool, { school: null, errors: [{ code: 'school.name_missing', path: ['name'] }] });
  });
  await score.check('a document of another build is not answered', async () => {
    const { errors } = await post(url, { documentId: '0'.repeat(64), variables: {} });
    assert.equal(errors[0].extensions.code, 'PERSISTED_QUERY_NOT_FOUND');
    assert.equal((await post(url, { query: '{ __typename }' })).errors[0].extensions.code, 'PERSISTED_QUERY_REQUIRED');
  });
}
