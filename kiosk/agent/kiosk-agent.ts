import { createAgent, type Agent, type AgentCore, type AgentDeps, type Equipment } from '#terminal/agent.ts';
import { createPrinter } from './printer/printer.ts';
import type { OpenPort } from './printer/serial-line.ts';
import { paper58, paper80 } from './slip/slip-blocks.ts';
import { createSlipDesk } from './slip-desk.ts';

export interface PrinterPlace {
  /** COM3, /dev/ttyUSB0, a pseudo-terminal. */
  readonly path: string;
  readonly baudRate: number;
  readonly paperWidthMm: 58 | 80;
  readonly openPort?: OpenPort;
}

export interface KioskAgentDeps extends Omit<AgentDeps, 'pages' | 'printer' | 'equip'> {
  /** The reception desk is the same terminal with another page. */
  readonly page: 'kiosk' | 'reception';
  /** undefined: no printer, and no slip ever counts as printed. */
  readonly printer: PrinterPlace | undefined;
}

/** The agent of a kiosk or a reception desk: the terminal's core with a slip printer. */
export function createKioskAgent(deps: KioskAgentDeps): Promise<Agent> {
  const { page, publicUrl = deps.hallUrl, printer: place, ...core } = deps;
  return createAgent({
    ...core,
    publicUrl,
    pages: [page],
    printer: { state: place ? 'starting' : 'none' },
    equip: (parts) => equip(parts, place, publicUrl),
  });
}

function equip(core: AgentCore, place: PrinterPlace | undefined, publicUrl: string): Equipment {
  const printer =
    place && createPrinter({ ...place, onStatus: (status) => core.deviceFeed.set('printer', status) });
  const paper = place?.paperWidthMm === 58 ? paper58 : paper80;
  return {
    ...createSlipDesk({ ...core, printer, paper, publicUrl }),
    close: async () => printer?.close(),
  };
}
