// node run.mjs [suite…] [--option=value…]   runs all suites or the named ones; exit code 1 when one has a failure.
import { readdirSync } from 'node:fs';
import { Context } from './runner/context.mjs';
import { Score } from './runner/score.mjs';

const known = readdirSync(new URL('./suites', import.meta.url))
  .filter(file => file.endsWith('.mjs'))
  .map(file => file.slice(0, -'.mjs'.length))
  .sort();
const given = process.argv.slice(2);
const wanted = given.filter(word => !word.startsWith('--'));
const options = Object.fromEntries(given.filter(word => word.startsWith('--')).map(word => word.slice(2).split('=', 2)));
const unknown = wanted.filter(name => !known.includes(name));
if (unknown.length > 0) {
  console.error(`There is no suite ${unknown.join(', ')}. There are: ${known.join(', ')}.`);
  process.exit(2);
}

const longest = 10 * 60 * 1000; // Milliseconds a suite may take: a hanging server is a failure, not a hanging check.
const total = { passed: 0, failed: 0, skipped: 0 };
const lines = [];
for (const name of wanted.length > 0 ? wanted : known) {
  const started = Date.now();
  const result = await resultOf(name);
  for (const kind of Object.keys(total)) total[kind] += result[kind];
  lines.push(`${name}: ${Score.line(result)}`);
  console.log(`-- ${name} took ${((Date.now() - started) / 1000).toFixed(1)} s`);
}

console.log(lines.join('\n'));
console.log(`all suites: ${Score.line(total)}`);
process.exit(total.failed > 0 ? 1 : 0);

async function resultOf(name) {
  const context = new Context(name, options);
  let watch;
  try {
    const suite = await import(`./suites/${name}.mjs`);
    const late = new Promise((_, reject) => {
      watch = setTimeout(() => reject(new Error(`took longer than ${longest / 1000} s`)), longest);
    });
    const { passed, failed, skipped = 0 } = await Promise.race([suite.run(context), late]);
    if (passed + failed + skipped > 0) return { passed, failed, skipped };
    throw new Error('checked nothing');
  } catch (error) {
    console.error(`${name}: ${error.stack ?? error}`);
    return { passed: 0, failed: 1, skipped: 0 };
  } finally {
    clearTimeout(watch);
    await context.stop();
  }
}
