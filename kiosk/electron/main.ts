import { runShell } from '#shell/run-shell.ts';

runShell({ form: 'kiosk', agent: 'kiosk/agent/main.ts', shellFolder: __dirname });
