import { describe, expect, it } from 'vitest';
import {
  decodeStatus,
  isConfirmationByte,
  isStatusByte,
  obstacle,
  type PrinterStatus,
} from '#kiosk/agent/printer/printer-status.ts';

const well: PrinterStatus = {
  state: 'answering',
  online: true,
  paper: 'ok',
  coverOpen: false,
  error: 'none',
};

describe('DLE EOT answers', () => {
  it.each([
    ['well', [0x12, 0x12, 0x12, 0x12], well, undefined],
    ['paper near its end', [0x12, 0x12, 0x12, 0x1e], { ...well, paper: 'near-end' }, undefined],
    ['paper out', [0x1a, 0x32, 0x12, 0x7e], { ...well, online: false, paper: 'out' }, 'paper-out'],
    ['cover open', [0x1a, 0x16, 0x12, 0x12], { ...well, online: false, coverOpen: true }, 'cover-open'],
    ['knife jammed', [0x1a, 0x52, 0x1a, 0x12], { ...well, online: false, error: 'cutter' }, 'printer-error'],
    ['beyond repair', [0x1a, 0x52, 0x32, 0x12], { ...well, online: false, error: 'fatal' }, 'printer-error'],
    [
      'head too hot',
      [0x1a, 0x52, 0x52, 0x12],
      { ...well, online: false, error: 'recoverable' },
      'printer-error',
    ],
    ['taken off line', [0x1a, 0x12, 0x12, 0x12], { ...well, online: false }, 'offline'],
  ] as const)('%s', (_name, answers, status, reason) => {
    expect(decodeStatus(answers)).toEqual(status);
    expect(obstacle(decodeStatus(answers))).toBe(reason);
    expect(answers.every(isStatusByte)).toBe(true);
  });

  it('are told from confirmations, flow control and the answer to a clearing by their fixed bits', () => {
    for (const byte of [0x00, 0x03, 0x0c, 0x0f, 0x11, 0x13, 0x37, 0x25])
      expect(isStatusByte(byte)).toBe(false);
    for (let byte = 0; byte < 256; byte += 1)
      expect(isStatusByte(byte) && isConfirmationByte(byte)).toBe(false);
    for (const byte of [0x11, 0x13, 0x37, 0x25]) expect(isConfirmationByte(byte)).toBe(false);
  });
});
