// The explorer in a real browser, by keyboard alone. Needs Chromium.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { Browser } from '../runner/browser.mjs';

const wide = { width: 1200, height: 900 };
const controls = ['textbox', 'searchbox', 'button', 'link'];

export async function run(ctx) {
  const { score } = ctx;
  await score.check('off unless switched on', async () => {
    const { url } = await ctx.server();
    for (const path of ['/explorer', '/explorer/explorer.js']) {
      assert.equal((await fetch(new URL(path, url))).status, 404, path);
    }
  });

  const program = Browser.find();
  if (!program) {
    score.skip('the page in a browser', 'there is no chromium; K12HUB_CHROMIUM may name one');
    return score;
  }

  const { url } = await ctx.server({ 'Http:EnableExplorer': true });
  const address = new URL('/explorer', url);
  const browser = await Browser.start(program, join(ctx.folder, 'browser'));
  try {
    const page = await browser.page(wide);
    await page.open(address.href);
    await asking(score, page);
    await reading(score, page);
    await score.check('nothing is refused, and nothing comes from elsewhere', () => {
      assert.deepEqual(page.problems, []);
      assert.deepEqual([...new Set(page.addresses.map(sent => new URL(sent).origin))].filter(o => o !== 'null'), [
        address.origin,
      ]);
    });
    await reach(score, browser, address);
  } finally {
    await browser.stop();
  }

  return score;
}

async function asking(score, page) {
  const text = id => page.value(`document.getElementById('${id}').textContent`);
  await score.check('a query is typed, run and answered', async () => {
    await page.press('Tab');
    assert.equal(await page.value('document.activeElement.className'), 'skip', 'the first stop skips to the query');
    await page.tabTo('#query');
    await page.type('{ schools(first: 1) { nodes { name } } }');
    await page.press('Enter', { ctrl: true });
    await page.until(`document.getElementById('status').textContent.startsWith('Done: 200')`);
    assert.match(await text('response'), /"name": "Lincoln Elementary"/);
  });
  await score.check('a mistake is said to be one', async () => {
    await page.type('{ unknown }');
    await page.tabTo('#request button');
    await page.press('Enter');
    await page.until(`document.getElementById('status').textContent.startsWith('With errors: 400')`);
    assert.match(await text('response'), /GRAPHQL_VALIDATION/);
  });
  await score.check('variables, operation and headers are sent', async () => {
    await page.open(await page.value('location.href'));
    await page.tabTo('#query');
    await page.type('query A { __typename } query B($n: Int) { schools(first: $n) { nodes { id } } }');
    await page.tabTo('#variables');
    await page.type('{"n": 2}');
    await page.tabTo('#operation');
    await page.type('B');
    await page.tabTo('#headers');
    await page.type('X-Test: yes');
    await page.press('Enter', { ctrl: true });
    await page.until(`document.getElementById('status').textContent.startsWith('Done: 200')`);
    assert.equal((await text('response')).match(/"id"/g).length, 2);
  });
  await score.check('variables that are no JSON are not sent', async () => {
    await page.tabTo('#variables');
    await page.type('{');
    await page.press('Enter', { ctrl: true });
    await page.until(`document.getElementById('status').textContent === 'The variables are not JSON.'`);
  });
}

async function reading(score, page) {
  await score.check('the schema can be read', async () => {
    await page.tabTo('#load');
    await page.press('Enter');
    await page.until(`document.querySelectorAll('#types a').length > 5`);
    await page.tabTo('#search');
    await page.type('familyName');
    await page.tabTo('#types a[href="#type-Student"]');
    await page.press('Enter');
    await page.until(`document.querySelector('#type h3').textContent === 'Type Student'`);
    assert.equal(await page.value('document.activeElement.id'), 'type', 'the focus goes where the text is');
    const described = await page.value(`document.getElementById('type').textContent`);
    for (const expected of ['A child at school.', 'familyName: String!', 'The name on the certificate.']) {
      assert.ok(described.includes(expected), expected);
    }
  });
}

async function reach(score, browser, address) {
  await score.check('everything that can be used has a name', async () => {
    const page = await browser.page(wide);
    await page.open(address.href);
    const nameless = (await page.accessible()).filter(node => controls.includes(node.role) && !node.name.trim());
    assert.deepEqual(nameless, []);
  });
  await score.check('a page of 320 pixels does not scroll sideways', async () => {
    const page = await browser.page({ width: 320, height: 640 });
    await page.open(address.href);
    await page.tabTo('#load');
    await page.press('Enter');
    await page.until(`document.querySelectorAll('#types a').length > 5`);
    assert.ok(await page.value('document.documentElement.scrollWidth') <= 320);
  });
  await score.check('whoever prefers Spanish reads Spanish', async () => {
    const page = await browser.page({ ...wide, language: 'es-MX,es;q=0.9,en;q=0.5' });
    await page.open(address.href);
    assert.equal(await page.value('document.documentElement.lang'), 'es');
    await page.tabTo('#request button');
    assert.equal(await page.value('document.activeElement.textContent'), 'Ejecutar');
    await page.press('Enter');
    await page.until(`document.getElementById('status').textContent.startsWith('Hecho: 200')`);
  });
}
