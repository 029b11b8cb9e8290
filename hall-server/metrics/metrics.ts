import { Counter, Gauge, Histogram, Registry } from 'prom-client';

export type Metrics = ReturnType<typeof createMetrics>;

/** What a hall-server counts, for Prometheus. No label carries a person, a number or a key. */
export function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  return {
    registry,
    commands: new Counter({
      name: 'tinghao_commands_total',
      help: 'Commands by name and result: accepted, or the code of the refusal.',
      labelNames: ['name', 'result'],
      registers,
    }),
    queries: new Counter({
      name: 'tinghao_queries_total',
      help: 'Queries by name and result.',
      labelNames: ['name', 'result'],
      registers,
    }),
    refusedConnections: new Counter({
      name: 'tinghao_refused_connections_total',
      help: 'Connections turned away, by code.',
      labelNames: ['code'],
      registers,
    }),
    refusedMessages: new Counter({
      name: 'tinghao_refused_messages_total',
      help: 'What came over a way in and was refused before anybody asked what it meant, by way and code.',
      labelNames: ['via', 'code'],
      registers,
    }),
    endedConnections: new Counter({
      name: 'tinghao_ended_connections_total',
      help: 'Ended connections by the reason that Engine.IO gives: a parse error is garbage on the line.',
      labelNames: ['reason'],
      registers,
    }),
    commandSeconds: new Histogram({
      name: 'tinghao_command_seconds',
      help: 'From a command in hand to its answer, the commit included.',
      buckets: [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 5],
      registers,
    }),
    revision: new Gauge({ name: 'tinghao_log_revision', help: 'Revision of the log.', registers }),
    connections: new Gauge({
      name: 'tinghao_connections',
      help: 'Connected sockets by kind of device.',
      labelNames: ['kind'],
      registers,
    }),
    storageTroubles: new Counter({
      name: 'tinghao_storage_troubles_total',
      help: 'Failed appends and failed readings of the journal.',
      registers,
    }),
    feedMessages: new Counter({
      name: 'tinghao_feed_messages_total',
      help: 'Feed messages published.',
      registers,
    }),
    callsQueued: new Gauge({
      name: 'tinghao_display_call_eta_seconds',
      help: 'The longest wait for a row that a display reported last.',
      registers,
    }),
    screensAhead: new Counter({
      name: 'tinghao_screens_ahead_total',
      help: 'Screens that knew another log than this server has: a restored backup, for a person to look at.',
      registers,
    }),
  };
}
