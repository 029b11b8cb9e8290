import { createSystem } from '../adapters/system.ts';
import { readSettings } from '../settings/settings.ts';
import { createFirstAdmin } from './first-admin.ts';

// npm run first-admin -- <login>
const [login] = process.argv.slice(2);
if (login === undefined || !/^[a-z0-9][a-z0-9.-]{1,39}$/.test(login)) {
  console.error('usage: npm run first-admin -- <login>   (lower-case letters, digits, dots and hyphens)');
  process.exit(2);
}
const { dataDir } = readSettings(process.env);
const admin = await createFirstAdmin(dataDir, login, createSystem());
if (!admin) {
  console.error(`${login} is taken`);
  process.exit(1);
}
console.log(`login      ${admin.login}\npassword   ${admin.password}\nenrolment  ${admin.enrolmentCode}`);
console.log(
  'Told once. Start the server, open /enrol/ in your browser, enter the code, then sign in at /admin/.',
);
