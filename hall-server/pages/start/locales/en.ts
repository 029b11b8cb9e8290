import type { SameKeys } from '#screen/i18n.ts';
import type { zhCN } from './zh-CN.ts';

export const en: SameKeys<typeof zhCN> = {
  page: { title: 'Tinghao · Demonstration hall' },
  place: 'Demonstration hall',
  headline: 'One number, all the way',
  lead: "This hall is running on this computer. Follow the four steps: take a number, call it at a counter, see it on the display, and watch the hall's figures follow.",
  steps: { take: 'Take', call: 'Call', show: 'Show', oversee: 'Oversee' },
  links: {
    kiosk: { name: 'Ticket kiosk', what: 'Visitors choose a service and take a number' },
    reception: { name: 'Reception', what: 'Staff issue, print and reprint for visitors' },
    caller: { name: 'Counter', what: 'The clerk calls, serves and finishes' },
    display: { name: 'Hall display', what: 'The numbers being called, and where to go' },
    sign: { name: 'Counter sign', what: 'One counter: its number and its service' },
    board: { name: 'Board', what: 'Waiting, handling times and open counters' },
    admin: { name: 'Administration', what: 'Catalogue, people and devices' },
    api: { name: 'API', what: 'Commands and feeds, derived from the contract' },
  },
  slips: {
    title: 'Printed slips',
    note: 'Drawn from the bytes that came off the serial line, decoded: no second picture of the slip.',
    empty: 'No slip yet: take a number at the kiosk',
    size: '{bytes} bytes',
    number: 'Slip: {text}',
    qr: "The slip's QR code: the visitor's live position",
  },
  accounts: {
    title: 'Demonstration accounts',
    note: 'Valid here only: a server started for production refuses to run with them.',
    login: 'User name',
    password: 'Password',
  },
  roles: {
    clerk: 'Clerk',
    reception: 'Reception',
    manager: 'Hall manager',
    admin: 'Administrator',
  },
  elsewhere: {
    title: 'This server is not giving a demonstration',
    text: 'The demonstration page exists only on a server started with npm start.',
  },
};
