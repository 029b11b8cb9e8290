import { demonstrationCatalogue } from '#hall-server/demonstration/open-hall.ts';
import { PROTOCOL_VERSION, type CommandAnswer } from '#protocol/wire.ts';
import { connectClient, type BenchClient } from './socket-client.ts';
import type { BenchServer } from '../servers/start.ts';

/** One simulated terminal: sends its next command when the last was answered. Returns how long that took, in ms. */
export interface LoadClient {
  next(): Promise<number>;
  close(): void;
}

const catalogue = demonstrationCatalogue();
let sequence = 0;
const newId = (): string => `bench-${process.pid}-${(sequence += 1)}`;

async function command(
  client: BenchClient,
  name: string,
  payload: object,
  session?: string,
): Promise<CommandAnswer> {
  const envelope = { name, commandId: newId(), payload, ...(session === undefined ? {} : { session }) };
  return (await client.ask('command', envelope)) as CommandAnswer;
}

/** A kiosk that issues numbers for the given services in turn. */
export async function kioskLoad(server: BenchServer, services: readonly string[]): Promise<LoadClient> {
  const client = await connectClient(server.url, { protocol: PROTOCOL_VERSION, token: server.tokens.kiosk });
  let turn = sequence;
  return {
    next: async () => {
      turn += 1;
      const from = performance.now();
      const answer = await command(client, 'ticket.take', {
        serviceId: services[turn % services.length],
        classId: turn % 12 === 0 ? 'senior' : 'ordinary',
        language: 'zh',
        visitKey: `visit-key-of-the-bench-${newId()}`,
      });
      if (!answer.ok && answer.code !== 'quota-reached') throw new Error(`take: ${answer.code}`);
      return performance.now() - from;
    },
    close: () => {
      client.close();
    },
  };
}

/** A clerk who calls, starts and finishes, one command after the other. */
export async function callerLoad(server: BenchServer, counterId: string): Promise<LoadClient> {
  const client = await connectClient(server.url, { protocol: PROTOCOL_VERSION, token: server.tokens.caller });
  const signedIn = (await client.ask('query', {
    name: 'session.signIn',
    payload: { login: `clerk-${counterId}`, password: 'bench-password' },
  })) as { answer: { token: string } };
  const session = signedIn.answer.token;
  const opened = await command(client, 'counter.open', { counterId }, session);
  if (!opened.ok) throw new Error(`open: ${opened.code}`);
  let seenRevision = opened.revision;
  let ticketId = '';
  let step: 'ticket.callNext' | 'ticket.startServing' | 'ticket.finish' = 'ticket.callNext';
  return {
    next: async () => {
      const at = { counterId, seenRevision };
      const payload =
        step === 'ticket.callNext'
          ? at
          : step === 'ticket.finish'
            ? { ...at, ticketId, outcome: 'done' }
            : { ...at, ticketId };
      const from = performance.now();
      const answer = await command(client, step, payload, session);
      const tookMs = performance.now() - from;
      if (answer.ok) {
        seenRevision = answer.revision;
        if (step === 'ticket.callNext') ticketId = String(answer.answer['ticketId']);
        step =
          step === 'ticket.callNext'
            ? 'ticket.startServing'
            : step === 'ticket.startServing'
              ? 'ticket.finish'
              : 'ticket.callNext';
      } else if (answer.code === 'counter-moved') seenRevision = Number(answer.details?.['counterRevision']);
      else if (answer.code !== 'nobody-waiting') throw new Error(`${step}: ${answer.code}`);
      return tookMs;
    },
    close: () => {
      client.close();
    },
  };
}

/** Half kiosks, half callers: numbers are issued for services that the callers' counters do first. */
export async function mixedLoad(server: BenchServer, clients: number): Promise<LoadClient[]> {
  const counters = spread(catalogue.counters, Math.floor(clients / 2));
  const services = [
    ...new Set(
      counters.flatMap(({ skills }) =>
        skills.filter(({ preference }) => preference === 1).map((s) => s.serviceId),
      ),
    ),
  ].filter((id) => catalogue.services.find((service) => service.id === id)?.quotas.length === 0);
  const callers = await Promise.all(counters.map(({ id }) => callerLoad(server, id)));
  const kiosks = await Promise.all(
    Array.from({ length: clients - counters.length }, () => kioskLoad(server, services)),
  );
  return [...kiosks, ...callers];
}

/** The control's clients send commands of the same size. */
export async function prototypeLoad(server: BenchServer, clients: number): Promise<LoadClient[]> {
  const connected = await Promise.all(Array.from({ length: clients }, () => connectClient(server.url, {})));
  return connected.map((client) => ({
    next: async () => {
      const from = performance.now();
      await command(client, 'ticket.take', {
        serviceId: 'a-service-of-the-hall',
        classId: 'ordinary',
        language: 'zh',
        visitKey: `visit-key-of-the-bench-${newId()}`,
      });
      return performance.now() - from;
    },
    close: () => {
      client.close();
    },
  }));
}

export function spread<T>(rows: readonly T[], count: number): T[] {
  return Array.from({ length: count }, (_, i) => rows[Math.floor((i * rows.length) / count)] as T);
}
