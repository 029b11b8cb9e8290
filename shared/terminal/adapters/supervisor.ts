import type { Agent } from '../agent.ts';

/**
 * Gives the window's entry to whoever started this process. A shell gets it over its private channel and may ask for another; a
 * person at a terminal reads it from stdout, as one JSON line. Ends with SIGTERM, SIGINT, and when the shell is gone.
 */
export function reportToSupervisor(agent: Agent): void {
  const isSupervised = process.send !== undefined;
  const tell = (): void => {
    const message = { kind: 'entry', url: agent.mintEntryUrl() };
    if (isSupervised) process.send?.(message);
    else process.stdout.write(`${JSON.stringify(message)}\n`);
  };
  process.on('message', (message: { readonly kind?: unknown }) => {
    if (message.kind === 'mint') tell();
  });
  let isClosing = false;
  const close = (): void => {
    if (isClosing) return;
    isClosing = true;
    void agent.close().then(() => process.exit(0));
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, close);
  if (isSupervised) process.on('disconnect', close);
  tell();
}
