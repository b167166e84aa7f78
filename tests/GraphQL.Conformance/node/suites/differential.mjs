// The same questions to our engine and to npm graphql 17.1.0; every answer that differs is printed with what makes it
// again: node run.mjs differential --seed=1 --only=17
import { Cases } from '../differential/cases.mjs';

const mostAtOnce = 64;

export async function run(ctx) {
  const { score, options = {} } = ctx;
  const seed = Number(options.seed ?? 11);
  const count = Number(options.cases ?? 20_000);
  const numbers = options.only ? [Number(options.only)] : Array.from({ length: count }, (_, number) => number);
  console.log(`differential: seed ${seed}, ${numbers.length} cases`);

  const bridge = ctx.bridge();
  const cases = new Cases(seed);
  const seen = {};
  let waiting = [];
  for (const number of numbers) {
    const one = await cases.at(number);
    seen[one.kind] = (seen[one.kind] ?? 0) + 1;
    waiting.push(bridge.ask(one.request).then(answer => judge(score, seed, one, answer, options.only)));
    if (waiting.length < mostAtOnce) continue;
    await Promise.all(waiting);
    waiting = [];
  }

  await Promise.all(waiting);
  console.log(
    `differential: ${Object.entries(seen)
      .map(([kind, times]) => `${times} ${kind}`)
      .join(', ')}`,
  );
  return score;
}

function judge(score, seed, { number, kind, request, check }, answer, verbose) {
  if (verbose) console.log(JSON.stringify(request, null, 1), JSON.stringify(answer));
  let difference;
  try {
    difference = check(answer);
  } catch (error) {
    difference = error.stack;
  }

  if (difference === null) score.pass();
  else score.fail(`--seed=${seed} --only=${number} ${kind}`, difference);
}
