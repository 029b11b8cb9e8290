import npos from 'npos';

export interface SlipLine {
  readonly text: string;
  /** Multipliers of the 12×24-dot cell, 1 to 8. */
  readonly width: number;
  readonly height: number;
  readonly bold: boolean;
  readonly align: 'left' | 'center' | 'right';
}

/** A slip as a person would read it off the paper. */
export interface DecodedSlip {
  readonly lines: readonly SlipLine[];
  readonly qr: string | undefined;
  /** Dots per QR module. */
  readonly qrCell: number | undefined;
  /** Index into `lines` before which the QR stands. */
  readonly qrBeforeLine: number | undefined;
  readonly isChineseMode: boolean;
  readonly isCut: boolean;
}

// npos knows GS k (bar codes) but not GS ( k (QR); both carry a 16-bit length.
const rules = { ...npos.rules, 0x1d: { ...npos.rules[0x1d], '(k': [0, 'd16'] } };

/**
 * Reads ESC/POS bytes back: npos splits them into commands and text, the platform's own decoder (not the encoder
 * that the kiosk uses) reads the GB 18030. Throws for a command that npos does not know and for broken text.
 */
export function decodeSlip(bytes: Buffer): DecodedSlip {
  const { error, tree } = npos.parser(rules).analyze(bytes);
  if (error !== undefined || tree === null) throw error ?? new Error('npos: nothing parsed');
  const reader = createReader();
  for (const node of tree) {
    const content = bytes.subarray(node.offset, node.offset + node.length);
    if (node.code === 2) reader.text(content);
    else reader.command(`${node.ascii} ${node.fn ?? ''}`, content);
  }
  return reader.result();
}

function createReader() {
  const decoder = new TextDecoder('gb18030', { fatal: true });
  const lines: SlipLine[] = [];
  let style: Omit<SlipLine, 'text'> = { width: 1, height: 1, bold: false, align: 'left' };
  let line = '';
  let qr = noQr;
  let [isChineseMode, isCut] = [false, false];

  const commands: Readonly<Record<string, (content: Buffer) => void>> = {
    'FS &': () => (isChineseMode = true),
    'ESC E': (content) => (style = { ...style, bold: ((content[2] ?? 0) & 1) === 1 }),
    'ESC a': (content) => (style = { ...style, align: alignments[content[2] ?? 0] ?? 'left' }),
    'GS !': (content) => {
      const size = content[2] ?? 0;
      style = { ...style, width: (size >> 4) + 1, height: (size & 0x0f) + 1 };
    },
    'GS (k': (content) => (qr = { ...qr, ...readQr(content, lines.length) }),
    'GS V': () => (isCut = true),
  };

  return {
    text(content: Buffer): void {
      const [first = '', ...rest] = decoder.decode(content).split('\n');
      line += first;
      for (const next of rest) {
        lines.push({ text: line, ...style });
        line = next;
      }
    },
    command: (name: string, content: Buffer) => commands[name]?.(content),
    result(): DecodedSlip {
      if (line !== '') lines.push({ text: line, ...style });
      return { lines, ...qr, isChineseMode, isCut };
    },
  };
}

const noQr: Pick<DecodedSlip, 'qr' | 'qrCell' | 'qrBeforeLine'> = {
  qr: undefined,
  qrCell: undefined,
  qrBeforeLine: undefined,
};

const alignments = ['left', 'center', 'right'] as const;

// GS ( k pL pH 49 fn …: fn 67 sets the module's size, 80 stores the content, 81 prints it.
function readQr(content: Buffer, lineCount: number): Partial<DecodedSlip> {
  switch (content[6]) {
    case 67:
      return { qrCell: content[7] };
    case 80:
      return { qr: content.subarray(8).toString('latin1') };
    case 81:
      return { qrBeforeLine: lineCount };
    default:
      return {};
  }
}
