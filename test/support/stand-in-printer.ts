export { decodeSlip, type DecodedSlip, type SlipLine } from '#kiosk/stand-in-printer/decode-slip.ts';
export { healthy } from '#kiosk/stand-in-printer/printer-mechanism.ts';
export { createStandInPrinter, type StandInPrinter } from '#kiosk/stand-in-printer/stand-in-printer.ts';
