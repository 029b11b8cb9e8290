import type { SameKeys } from '#screen/i18n.ts';
import type { zhCN } from './zh-CN.ts';

export const en: SameKeys<typeof zhCN> = {
  page: { title: 'API' },
  contents: { title: 'Contents', filter: 'Find a command or query' },
  start: {
    title: 'Start',
    lead: 'Everything that happens in a hall is a command, and everything on a screen comes from a feed. HTTP and Socket.IO share one table of the contract; this page is made from that table, so it says what the server does.',
    protocol: 'Protocol',
    release: 'Release',
    largest: 'Largest message',
    heartbeat: 'Heartbeat every',
    stale: 'Stale without one for',
    openapi: 'The OpenAPI document, for programs:',
    noOpenapi:
      "The server's OpenAPI document cannot be read just now. What follows comes from the contract itself and holds.",
    identity: '1. Devices and people',
    identityText:
      'A device is enrolled once with a one-time code; from then on it proves itself by the header {header} (a browser by its cookie). What a person does also needs a sign-in, whose session goes into the header authorization.',
    command: '2. Send a command',
    commandText:
      'Every command carries a commandId made by its sender. No answer? Send it again under the same commandId: it happens once, and the answer is the same. A refusal is an answer with a code, not a fault.',
    socket: '3. Listen to a feed',
    socketText:
      'Connect with Socket.IO (websocket only) and emit {messages}. A subscriber first gets every entry, and then {feed} messages with the changed ones alone; {heartbeat} tells how far the log has come.',
    agentText:
      "A terminal's agent speaks the same protocol and has a feed of its own, {feed} (key {key}): its connection, its printer, and its slips.",
  },
  commands: {
    title: 'Commands',
    text: 'What changes a hall. An accepted command is in the log before it is answered.',
  },
  queries: {
    title: 'Queries',
    text: 'Requests that leave no trace in the log: look-ups, sign-in, devices and people.',
  },
  feeds: {
    title: 'Feeds',
    text: "What screens are made of. The examples are computed by the hall's own rules, for a hall with one of everything.",
    keys: 'Keys',
    interval: 'At most every',
    intervalValue: '{count} ms',
    example: 'Example entries (key {key})',
    about: {
      terminal:
        'For kiosks and reception: the date, and of each service who waits, open counters and what is left.',
      zone: 'For hall displays: every counter of a zone, or of the hall, and the number it calls.',
      sign: 'For the sign over one counter.',
      counter: 'For a clerk: the counter, its queue, what is on hold and who was missed.',
      board: "For the board: each zone's waiting, counters and sums of the day.",
    },
  },
  refusals: {
    title: 'Refusals',
    text: 'What each code means, in both languages: what visitors are told, then the hint for the staff.',
    status: 'HTTP {status}',
    retryable: 'may succeed when sent again unchanged',
  },
  entry: {
    who: 'Who may',
    payload: 'Payload',
    answer: 'Answer',
    refusals: 'Refusals',
    noFields: 'None',
    field: 'Field',
    type: 'Type',
    optional: 'optional',
    notServed: 'Not over HTTP: the server itself or a terminal sees to it.',
  },
  roles: {
    anybody: 'any enrolled device',
    kiosk: 'kiosk',
    display: 'display',
    clerk: 'clerk',
    reception: 'reception',
    manager: 'manager',
    admin: 'administrator',
    hall: 'the server itself',
  },
};
