import type { SameKeys } from '#screen/i18n.ts';
import type { zhCN } from './zh-CN.ts';

export const en: SameKeys<typeof zhCN> = {
  page: { title: 'Enrol this device' },
  form: {
    text: 'Enter the code that the administrator gave you. Once is enough: from then on this browser can be used at once.',
    label: 'Enrolment code',
    placeholder: 'XXXX-XXXX',
    incomplete: 'A code has 8 letters and digits. Some are missing.',
    send: 'Enrol this device',
  },
  done: { title: '{name} is enrolled' },
  kinds: {
    kiosk: 'This device is enrolled as a ticket kiosk.',
    caller: 'This device is enrolled for a counter. A clerk signs in to use it.',
    reception: 'This device is enrolled for reception. Staff sign in to use it.',
    display: 'This device is enrolled as a display. Choose what it shows, and make that page its start page.',
  },
  pages: {
    kiosk: { name: 'Ticket kiosk', what: 'Choose a service, take a number' },
    caller: { name: 'Counter', what: 'Call, serve, finish' },
    reception: { name: 'Reception', what: 'Issue, reprint, look up' },
    admin: { name: 'Administration', what: 'Devices, people, catalogue' },
    display: { name: 'Hall display', what: 'The numbers being called, and where to go' },
    sign: { name: 'Counter sign', what: 'One counter: its number and its service' },
    board: { name: 'Board', what: 'Waiting, handling times and open counters' },
  },
};
