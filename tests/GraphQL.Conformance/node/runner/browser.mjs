import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { WebSocket } from 'ws';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** A headless Chromium, driven over its DevTools protocol: real keys, real layout, real policy. */
export class Browser {
  #child;
  #socket;
  #next = 1;
  #waiting = new Map();
  #listeners = [];

  /** The program to run; undefined when this machine has none. */
  static find() {
    const named = process.env.K12HUB_CHROMIUM;
    return named || names.find(name => spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0);
  }

  static async start(program, folder) {
    const browser = new Browser();
    browser.#child = spawn(program, [
      '--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run',
      '--disable-background-networking', '--remote-debugging-port=0', `--user-data-dir=${folder}`, 'about:blank',
    ], { stdio: ['ignore', 'ignore', 'pipe'] });
    const address = await new Promise((resolve, reject) => {
      createInterface({ input: browser.#child.stderr }).on('line', line => {
        const found = line.match(/^DevTools listening on (ws:\S+)/);
        if (found) resolve(found[1]);
      });
      browser.#child.once('exit', code => reject(new Error(`The browser ended with ${code}.`)));
    });
    browser.#socket = new WebSocket(address);
    await new Promise((resolve, reject) => browser.#socket.once('open', resolve).once('error', reject));
    browser.#socket.on('message', data => browser.#take(JSON.parse(data)));
    return browser;
  }

  /** A new page of a size, in a language; `problems` and `addresses` fill while it lives. */
  async page({ width, height, language = 'en-US' }) {
    const { targetId } = await this.#send('Target.createTarget', { url: 'about:blank' });
    const { sessionId } = await this.#send('Target.attachToTarget', { targetId, flatten: true });
    const page = new Page((method, params) => this.#send(method, params, sessionId));
    this.#listeners.push(({ sessionId: from, method, params }) => from === sessionId && page.heard(method, params));
    for (const domain of ['Page', 'Runtime', 'Network', 'Log', 'Accessibility', 'DOM']) {
      await page.send(`${domain}.enable`);
    }

    await page.send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: false });
    await page.send('Network.setExtraHTTPHeaders', { headers: { 'Accept-Language': language } });
    return page;
  }

  async stop() {
    const ended = new Promise(resolve => this.#child.once('exit', resolve));
    this.#socket.close();
    this.#child.kill();
    await ended;
  }

  #send(method, params = {}, sessionId = undefined) {
    const id = this.#next++;
    this.#socket.send(JSON.stringify({ id, method, params, sessionId }));
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }

  #take({ id, result, error, ...event }) {
    if (id === undefined) return this.#listeners.forEach(listener => listener(event));
    const { resolve, reject } = this.#waiting.get(id);
    this.#waiting.delete(id);
    return error ? reject(new Error(error.message)) : resolve(result);
  }
}

class Page {
  problems = []; // Exceptions, and what the policy refused.
  addresses = [];
  #loaded;

  constructor(send) {
    this.send = send;
  }

  heard(method, params) {
    if (method === 'Network.requestWillBeSent') this.addresses.push(params.request.url);
    if (method === 'Runtime.exceptionThrown') this.problems.push(params.exceptionDetails.text);
    if (method === 'Log.entryAdded' && params.entry.source !== 'network') this.problems.push(params.entry.text);
    if (method === 'Page.loadEventFired') this.#loaded?.();
  }

  async open(url) {
    const loaded = new Promise(resolve => { this.#loaded = resolve; });
    await this.send('Page.navigate', { url });
    await loaded;
  }

  /** The value of an expression, for what a test wants to know; it acts with keys alone. */
  async value(expression) {
    const { result, exceptionDetails } = await this.send('Runtime.evaluate', { expression, returnByValue: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  async until(expression, seconds = 20) {
    const end = Date.now() + seconds * 1000;
    while (!await this.value(expression)) {
      if (Date.now() > end) throw new Error(`it did not become true: ${expression}`);
      await new Promise(resolve => setTimeout(resolve, 20));
    }
  }

  /** Presses a key: `Enter`, `Tab`, `a`; with `ctrl` down if wanted. */
  async press(key, { ctrl = false, shift = false } = {}) {
    const codes = { Enter: 13, Tab: 9 };
    const event = {
      key,
      code: key.length === 1 ? `Key${key.toUpperCase()}` : key,
      windowsVirtualKeyCode: codes[key] ?? key.toUpperCase().charCodeAt(0),
      modifiers: (ctrl ? 2 : 0) + (shift ? 8 : 0),
      ...(key === 'Enter' ? { text: '\r' } : {}),
      ...(key === 'a' && ctrl ? { commands: ['selectAll'] } : {}),
    };
    await this.send('Input.dispatchKeyEvent', { ...event, type: 'keyDown' });
    await this.send('Input.dispatchKeyEvent', { ...event, text: undefined, type: 'keyUp' });
  }

  async type(text) {
    await this.press('a', { ctrl: true });
    await this.send('Input.insertText', { text });
  }

  /** Presses Tab until something has the focus. */
  async tabTo(selector) {
    for (let i = 0; i < 200; i++) {
      if (await this.value(`document.activeElement.matches(${JSON.stringify(selector)})`)) return;
      await this.press('Tab');
    }

    throw new Error(`Tab does not reach ${selector}`);
  }

  /** Role and name of everything a screen reader is told of. */
  async accessible() {
    const { nodes } = await this.send('Accessibility.getFullAXTree');
    return nodes.filter(node => !node.ignored)
      .map(node => ({ role: node.role?.value, name: node.name?.value ?? '' }));
  }
}
