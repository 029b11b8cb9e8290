import { runShell } from '#shell/run-shell.ts';

runShell({ form: 'desk', agent: 'caller-display/agent/main.ts', shellFolder: __dirname });
