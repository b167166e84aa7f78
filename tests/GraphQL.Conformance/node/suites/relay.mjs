// relay-compiler against our printed schemas; then what it compiled, asked by SHA-256 of a server that answers nothing
// else: refetching, paging to the end, nodes by id, a mutation that is refused.
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { post } from '../runner/graphql.mjs';
import { home, tool } from '../runner/tool.mjs';

export async function run(ctx) {
  const { score } = ctx;
  const product = join(ctx.repository, 'host/App/schema.graphql');
  await score.check('the product compiles', () => compile(ctx, 'product', readFileSync(product, 'utf8')));
  const sample = await ctx.sampleSchema();
  await score.check('a field that is not there does not compile', () => assert.throws(
    () => compile(ctx, 'sample', sample.replace('familyName: String!', 'surname: String!')), /familyName/));
  let manifest;
  await score.check('the sample compiles', () => {
    manifest = compile(ctx, 'sample', sample);
  });
  if (manifest) await answers(ctx, manifest);
  return score;
}

/** Compiles a folder of fragments; the queries by their SHA-256, which is what is to be trusted. */
function compile(ctx, name, sdl) {
  const folder = mkdtempSync(join(ctx.folder, name));
  mkdirSync(join(folder, 'artifacts'));
  cpSync(join(home, 'relay', name), join(folder, 'src'), { recursive: true });
  writeFileSync(join(folder, 'schema.graphql'), sdl);
  writeFileSync(join(folder, 'trusted.json'), '{}');
  writeFileSync(join(folder, 'relay.config.json'), JSON.stringify({
    src: './src',
    schema: './schema.graphql',
    artifactDirectory: './artifacts',
    language: 'javascript',
    persistConfig: { file: './trusted.json', algorithm: 'SHA256' },
  }));
  const { status, output } = tool('relay-compiler', ['--output', 'quiet-with-errors'], folder);
  if (status !== 0) throw new Error(`relay-compiler ended with ${status}: ${output}`);
  return join(folder, 'trusted.json');
}

async function answers(ctx, manifest) {
  const { score } = ctx;
  const trusted = JSON.parse(readFileSync(manifest, 'utf8'));
  const idOf = operation =>
    Object.keys(trusted).find(id => new RegExp(`\\b(query|mutation) ${operation}\\b`).test(trusted[id]));
  const { url } = await ctx.server({ 'Trusted:Documents': manifest, 'GraphQL:PersistedOperations:Mode': 'Only' });
  const ask = (operation, variables) => post(url, { id: idOf(operation), variables });

  const students = [];
  await score.check('paging ends after every student was seen once', async () => {
    for (let cursor = null, more = true; more;) {
      const { data } = await ask('StudentListPaginationQuery', { count: 40, cursor });
      const page = data.students;
      students.push(...page.edges.map(edge => edge.node));
      ({ endCursor: cursor, hasNextPage: more } = page.pageInfo);
      assert.ok(students.length <= 250, 'more students than there are');
    }

    assert.equal(new Set(students.map(student => student.id)).size, 250);
    assert.deepEqual(students.map(s => s.familyName), students.map(s => s.familyName).sort().reverse());
  });
  await score.check('one object is fetched again by its id', async () => {
    const { data } = await ask('StudentCardRefetchQuery', { id: students[7].id });
    assert.equal(data.node.familyName, students[7].familyName);
    assert.equal(data.node.__typename, 'Student');
  });
  await score.check('nodes come in the order of their ids, null where there is none', async () => {
    const school = (await ask('StudentCardRefetchQuery', { id: students[0].id })).data.node.school;
    const ids = [students[3].id, school.id, students[1].id.replace(/.{4}$/, '____'), students[0].id];
    const { data } = await ask('NodesByIdQuery', { ids });
    assert.deepEqual(data.nodes.map(found => found?.id ?? null), [ids[0], ids[1], null, ids[3]]);
    assert.equal(data.nodes[1].name, school.name);
  });
  await score.check('a refused mutation says why', async () => {
    const school = (await ask('StudentCardRefetchQuery', { id: students[0].id })).data.node.school;
    const { data } = await ask('RenameSchoolMutation', { input: { schoolId: school.id, name: ' ' } });
    assert.deepEqual(data.renameSchool, {
      school: null,
      errors: [{ code: 'school.name_missing', message: 'Give the school a name.', path: ['name'] }],
    });
  });
  await score.check('nothing else is answered', async () => {
    const { errors } = await post(url, { query: '{ __typename }' });
    assert.equal(errors[0].extensions.code, 'PERSISTED_QUERY_REQUIRED');
  });
}
