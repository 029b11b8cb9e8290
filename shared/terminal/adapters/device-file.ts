import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { deviceSchema, type DeviceStore } from '../enrolment.ts';
import { SettingsError } from '../settings/settings.ts';

const OWNER_ONLY = 0o600;

/** Keeps the identity in a file that only the agent's own user may read. On Windows the folder's rights decide. */
export function createDeviceFile(file: string): DeviceStore {
  const path = resolve(file);
  const complain = (what: string): never => {
    throw new SettingsError(`Setting tokenFile (TINGHAO_TOKEN_FILE): ${path} ${what}`);
  };
  return {
    load() {
      if (!existsSync(path)) return undefined;
      if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0) {
        complain('can be read by others; chmod 600 it');
      }
      const result = deviceSchema.safeParse(parseJson(readFileSync(path, 'utf8')));
      return result.success ? result.data : complain('does not hold an identity; enrol this terminal again');
    },
    save(device) {
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      // A one-time code is used up: a power cut must leave the whole identity or none.
      const unfinished = `${path}.new`;
      writeFileSync(unfinished, `${JSON.stringify(device)}\n`, { mode: OWNER_ONLY, flush: true });
      chmodSync(unfinished, OWNER_ONLY);
      renameSync(unfinished, path);
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
