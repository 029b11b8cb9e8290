import type { SameKeys } from '#screen/i18n.ts';
import type { zhCN } from './zh-CN.ts';

export const en: SameKeys<typeof zhCN> = {
  page: { title: 'My number' },
  where: 'Where',
  takenAt: 'Taken at',
  calledAt: 'Called at',
  hotline: 'Questions? Call',
  refreshed: 'Updated at {time}. It updates itself while this page is open; the displays in the hall decide.',
  stale: 'This page stopped at {time} and is reconnecting. Please follow the displays in the hall',
  failed:
    'The network may be down for a moment. Try again; your number is safe. Please watch the displays as well.',
  laterDay: 'This number is for {day}. Please come to the hall on that day.',
  sentOn: 'Your number was passed on to this service. You need no new one.',
  ahead: {
    one: 'person ahead of you for this service',
    many: 'people ahead of you for this service',
    none: 'Nobody is ahead of you for this service',
    next: 'Please wait near the counters. You may be called at any moment.',
    near: 'Soon. Please come back to the waiting area.',
    far: 'Please watch the displays and stay nearby.',
    doubt:
      'Counted in the queue as it is now: priority numbers may go first, and no two visits take the same time.',
  },
  called: { go: 'Please go now to', since: 'Called at {time}' },
  advice: {
    theCounter: 'the counter',
    returnInFront: 'You will then be first in the queue for this service.',
    returnBehind: 'You will then wait behind {count} others of this service.',
    returnAtEnd: 'You will then wait at the end of the queue for this service.',
    serving: {
      title: 'You are being served at {counter}',
      text: 'Your number stays valid until you are done.',
    },
    held: {
      title: 'Your number is on hold',
      text: 'When you have the missing papers, or the other step is done, tell the counter or the desk. They bring you back; you need no new number.',
    },
    finished: {
      title: 'Done. Thank you for coming',
      text: 'For another service, please take a new number.',
    },
    'no-show': {
      title: 'You were called and we did not see you',
      text: 'Please take your slip to a counter or the desk. They put you back in the queue; you need no new number.',
    },
    cancelled: {
      title: 'This number was cancelled',
      text: 'If you still need the service, take a new number or ask at the desk.',
    },
    transferred: {
      title: 'Your number was passed on',
      text: 'Please watch the displays. You need no new number.',
    },
    voided: {
      title: 'The hall closed before this number was served',
      text: 'Please take a new number on the next working day, or call us.',
    },
  },
  unknown: {
    title: 'This number is not known today',
    oldSlip: 'Numbers are valid for one day. If your slip is from another day, please take a new number.',
    fresh: "If it is today's slip, scan its QR code again rather than typing the address.",
    desk: 'You need no phone to be served: the slip itself is valid. Watch the displays, or ask at the desk.',
  },
};
