// graphql-inspector: no client of the last release breaks. Compared with the last tag; before there is one, with where
// this branch left main, or with the commit before.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { home, tool } from '../runner/tool.mjs';

const snapshot = 'host/App/schema.graphql';

export async function run(ctx) {
  const { score } = ctx;
  const now = readFileSync(join(ctx.repository, snapshot), 'utf8');
  const rule = join(home, 'schema-breaks.mjs');
  const before = previous(ctx.repository);
  if (before) {
    await score.check(`since ${before.name}`, () => {
      const { status, breaks } = diff(ctx, before.sdl, now, rule);
      assert.equal(status, 0, `${breaks.join('; ')}; if that is meant, say why in schema-breaks.mjs`);
    });
  } else {
    score.skip('since the last release', 'there is no git history with an earlier schema');
  }

  const field = 'Student.familyName';
  const without = now.replace(/(\ntype Student [^}]*?)\n\n {2}"""[^"]*"""\n {2}familyName: String!/, '$1');
  assert.notEqual(without, now);
  await score.check('a field that is gone is noticed', () => {
    const { status, breaks } = diff(ctx, now, without, rule);
    assert.notEqual(status, 0);
    assert.match(breaks.join(), /Field .*familyName.* was removed from object type .*Student/);
  });
  await score.check('a new field is no break', () => {
    assert.equal(diff(ctx, without, now, rule).status, 0);
  });
  await score.check('what is meant is no break', () => {
    const allowed = join(ctx.folder, 'allowed.mjs');
    writeFileSync(allowed, `import { allowing } from ${JSON.stringify(rule)};\nexport default allowing('${field}');\n`);
    assert.equal(diff(ctx, now, without, allowed).status, 0);
  });
  return score;
}

function diff(ctx, before, after, rule) {
  const [from, to] = ['before', 'after'].map(name => join(ctx.folder, `${name}.graphql`));
  writeFileSync(from, before);
  writeFileSync(to, after);
  const { status, output } = tool('graphql-inspector', ['diff', from, to, '--rule', rule]);
  const breaks = output.split('\n').filter(line => line.includes('✖')).map(line => line.replace(/^.*✖\s*/, ''));
  return { status, breaks: breaks.length > 0 || status === 0 ? breaks : [output] };
}

function previous(repository) {
  const git = (...args) => spawnSync('git', ['-C', repository, ...args], { encoding: 'utf8' });
  const commit = name => git('rev-parse', '--verify', '--quiet', `${name}^{commit}`).stdout.trim();
  const head = commit('HEAD');
  const left = ['origin/main', 'main'].map(branch => git('merge-base', 'HEAD', branch).stdout.trim()).find(Boolean);
  const candidates = [git('describe', '--tags', '--abbrev=0').stdout.trim(), left === head ? '' : left, 'HEAD~1'];
  for (const name of candidates.filter(Boolean)) {
    const { status, stdout } = git('show', `${name}:${snapshot}`);
    if (status === 0) return { name, sdl: stdout };
  }

  return undefined;
}
