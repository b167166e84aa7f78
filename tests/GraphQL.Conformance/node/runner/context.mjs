import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Score } from './score.mjs';

const project = fileURLToPath(new URL('../..', import.meta.url));

/** What a suite is given: the engine as a bridge or as a server, a folder to write to, and a score to keep. */
export class Context {
  #started = new Set();
  #folder;

  constructor(suite, options = {}) {
    this.suite = suite;
    this.options = options; // What followed the suites on the command line: --seed=1 is { seed: '1' }.
    this.score = new Score(suite);
  }

  /** The repository's root. */
  get repository() {
    return join(project, '../..');
  }

  /** A folder for this suite alone; it is gone afterwards. */
  get folder() {
    return (this.#folder ??= mkdtempSync(join(tmpdir(), `k12hub-${this.suite}-`)));
  }

  /** The engine on lines of JSON: `ask({op, …})` answers in order. */
  bridge() {
    const child = this.#start([]);
    const waiting = [];
    createInterface({ input: child.stdout }).on('line', line => waiting.shift()?.resolve(JSON.parse(line)));
    child.on('exit', code => {
      for (const { reject } of waiting.splice(0)) reject(new Error(`The bridge ended with ${code}.`));
    });
    return {
      pid: child.pid,
      ask: request => {
        const answer = new Promise((resolve, reject) => {
          if (child.exitCode !== null) return reject(new Error(`The bridge has ended with ${child.exitCode}.`));
          waiting.push({ resolve, reject });
          child.stdin.write(`${JSON.stringify(request)}\n`);
        });
        answer.catch(() => {}); // A suite that was given up waits no more; that must not end the others.
        return answer;
      },
      stop: () => this.#end(child),
    };
  }

  /** The sample school on a free port: `server({'Http:MaxBodyBytes': 1000})`. Flags are options by their names. */
  async server(flags = {}) {
    const settings = Object.entries(flags).map(([name, value]) => `--${name}=${value}`);
    const child = this.#start(['serve', ...settings]);
    const url = await new Promise((resolve, reject) => {
      createInterface({ input: child.stdout }).once('line', resolve);
      child.once('exit', code => reject(new Error(`The sample server ended with ${code} before it answered.`)));
    });
    return { url, pid: child.pid, stop: () => this.#end(child) };
  }

  /** The sample school's schema, as our printer prints it. */
  async sampleSchema() {
    const child = this.#start(['schema']);
    let text = '';
    for await (const part of child.stdout.setEncoding('utf8')) text += part;
    return text;
  }

  /** Ends whatever the suite left running. */
  async stop() {
    await Promise.all([...this.#started].map(child => this.#end(child)));
    if (this.#folder) rmSync(this.#folder, { recursive: true, force: true });
  }

  #start(args) {
    const child = spawn('dotnet', [builtConsole(), ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
    child.stdin.on('error', () => {}); // It ended first; the exit code says how.
    this.#started.add(child);
    child.once('exit', () => this.#started.delete(child));
    return child;
  }

  async #end(child) {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise(resolve => child.once('exit', resolve));
    const patience = setTimeout(() => child.kill('SIGKILL'), 5_000);
    child.stdin.end(); // Bridge and server live as long as their standard input.
    await ended;
    clearTimeout(patience);
  }
}

/** The built console, the newer one when there are several configurations. */
function builtConsole() {
  const built = ['Debug', 'Release']
    .map(configuration => join(project, 'bin', configuration, 'net10.0', 'K12Hub.GraphQL.Conformance.dll'))
    .filter(existsSync)
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  if (built.length === 0) throw new Error('Build the console first: dotnet build tests/GraphQL.Conformance');
  return built[0];
}
