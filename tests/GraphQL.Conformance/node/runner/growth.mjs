import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** How much memory a process takes at its highest, over a stretch of time. Linux only. */
export class Growth {
  #status;
  #reset;
  #before;

  static get isMeasurable() {
    return existsSync('/proc/self/clear_refs');
  }

  constructor(pid) {
    this.#status = `/proc/${pid}/status`;
    this.#reset = `/proc/${pid}/clear_refs`;
  }

  get isAlive() {
    return this.#megabytes('VmRSS') > 0;
  }

  begin() {
    writeFileSync(this.#reset, '5'); // The highest mark falls to what is in use now.
    this.#before = this.#megabytes('VmRSS');
  }

  /** Megabytes between the begin and the highest point since. */
  end() {
    return Math.max(0, this.#megabytes('VmHWM') - this.#before);
  }

  #megabytes(name) {
    return Number(readFileSync(this.#status, 'utf8').match(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm'))[1]) / 1024;
  }
}
