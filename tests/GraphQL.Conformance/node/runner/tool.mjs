import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of package.json. */
export const home = fileURLToPath(new URL('..', import.meta.url));

/** Runs a tool of node_modules and waits: its exit code and what it wrote. */
export function tool(name, args, cwd = home) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath, [join(home, 'node_modules/.bin', name), ...args],
    { cwd, encoding: 'utf8', env: { ...process.env, CI: 'true' } });
  return { status, output: `${stdout}${stderr}` };
}
