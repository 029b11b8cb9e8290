import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run, say } from './processes.mjs';

/**
 * What each Debian package is needed for is looked up by what it puts on the machine, so that another
 * distribution's package of the same program counts too.
 * @type {Record<string, { program: string } | { file: string }>}
 */
const provides = {
  chromium: { program: 'chromium' },
  xvfb: { program: 'Xvfb' },
  'fonts-noto-cjk': { file: '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc' },
  socat: { program: 'socat' },
  'zbar-tools': { program: 'zbarimg' },
  udev: { program: 'udevadm' },
};

/** socat makes the pseudo-terminal pair on whose other end the stand-in printer sits. */
export const demonstrationPackages = ['socat'];
export const testPackages = Object.keys(provides);

/**
 * Installs what is missing if it may, and says one line with the command to type if it may not.
 * @param {readonly string[]} wanted
 * @returns {Promise<boolean>} whether everything is there now
 */
export async function ensureDebianPackages(wanted) {
  const missing = wanted.filter((name) => !isPresent(name));
  if (missing.length === 0) return true;
  const install = ['install', '--yes', '--no-install-recommends', ...missing];
  if (process.getuid?.() === 0 && isOnPath('apt-get')) {
    say(`installing Debian packages: ${missing.join(' ')}`);
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    for (const args of [['update'], install]) {
      const { ok, output } = await run('apt-get', args, { quiet: true, env });
      if (!ok) process.stderr.write(output);
    }
  }
  const absent = missing.filter((name) => !isPresent(name));
  if (absent.length > 0) say(`missing: ${absent.join(', ')}. As root: apt-get ${install.join(' ')}`);
  return absent.length === 0;
}

function isPresent(/** @type {string} */ name) {
  const proof = provides[name];
  if (proof === undefined) throw new Error(`Unknown Debian package ${name}`);
  return 'file' in proof ? existsSync(proof.file) : isOnPath(proof.program);
}

function isOnPath(/** @type {string} */ program) {
  // Debian keeps udevadm in /sbin on some releases, which is not on everybody's PATH.
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin'];
  return folders.some((folder) => existsSync(join(folder, program)));
}
