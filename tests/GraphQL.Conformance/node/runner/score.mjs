/** Counts what a suite found and prints one line a failure. */
export class Score {
  #suite;
  passed = 0;
  failed = 0;
  skipped = 0;

  constructor(suite) {
    this.#suite = suite;
  }

  /** Runs one check; what it throws is the failure. */
  async check(name, action) {
    try {
      await action();
      this.passed++;
    } catch (error) {
      this.fail(name, error);
    }
  }

  pass() {
    this.passed++;
  }

  fail(name, why) {
    this.failed++;
    const reason = why instanceof Error ? why.message : String(why);
    console.log(`${this.#suite}: ${name}: ${reason.split('\n').map(line => line.trim()).join(' ').slice(0, 2000)}`);
  }

  skip(name, why) {
    this.skipped++;
    console.log(`${this.#suite}: skipped ${name}: ${why}`);
  }

  static line({ passed, failed, skipped }) {
    return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
  }
}
