import { checkFolder } from './command-line.ts';

const { exitCode, lines } = checkFolder(process.argv.slice(2));
for (const line of lines) console.log(line);
process.exitCode = exitCode;
