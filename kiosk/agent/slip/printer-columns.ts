/**
 * Counting in printer columns: one column is 12 dots, the width of an ASCII character.
 *
 * Unicode's East Asian Width is the wrong table here. In Chinese mode the printer draws every character that
 * takes more than one byte in GB 18030 from its 24-dot font, so '·', '“', 'é' and 'α' (narrow or ambiguous to
 * Unicode) take two columns like a hanzi, and only ASCII takes one.
 */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) columns += character <= '\x7e' ? 1 : 2;
  return columns;
}

// Controls would be obeyed by the printer (a service named with an ESC in it could cut the paper); format
// characters, variation selectors and other marks would each be drawn as an empty box. Composing comes first,
// so that a decomposed 'é' keeps its accent. Private-use characters stay: GB 18030 has codes for them.
export function printable(text: string): string {
  return text
    .toWellFormed()
    .normalize('NFC')
    .replace(/\p{Cc}+/gu, ' ')
    .replace(/[\p{Cf}\p{Mn}\p{Me}]/gu, '');
}

const OPENING = '（《〈「『【〔“‘';
const CLOSING = '，。、；：？！）》〉」』】〕”’…％';
// An English word, or one other character; a bracket stays with what it opens, a comma with what it follows.
const PIECE = new RegExp(`\\s+|[${OPENING}]*(?:[\\x21-\\x7e]+|[^\\s\\x21-\\x7e])[${CLOSING}]*`, 'gu');

/**
 * Breaks a text into lines of at most `columns` printer columns. Never cuts a double-width character; keeps
 * English words and Chinese punctuation together where they fit. What goes beyond `maxLines` ends in '…'.
 */
export function wrapColumns(text: string, columns: number, maxLines = Number.POSITIVE_INFINITY): string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of printable(text).trim().match(PIECE) ?? []) {
    if (columnsOf(line + piece.trimEnd()) <= columns) {
      line += /^\s/.test(piece) ? ' ' : piece;
      continue;
    }
    if (line !== '') lines.push(line.trimEnd());
    const chunks = splitHard(piece.trimStart(), columns);
    line = chunks.pop() ?? '';
    lines.push(...chunks);
  }
  if (line.trimEnd() !== '') lines.push(line.trimEnd());
  return lines.length <= maxLines ? lines : clip(lines, columns, maxLines);
}

function splitHard(piece: string, columns: number): string[] {
  const chunks: string[] = [];
  let chunk = '';
  for (const character of piece) {
    if (columnsOf(chunk + character) > columns) {
      chunks.push(chunk);
      chunk = '';
    }
    chunk += character;
  }
  return chunk === '' ? chunks : [...chunks, chunk];
}

function clip(lines: readonly string[], columns: number, maxLines: number): string[] {
  const kept = lines.slice(0, maxLines);
  let last = kept.pop() ?? '';
  while (columnsOf(last) + 2 > columns) last = Array.from(last).slice(0, -1).join('');
  return [...kept, `${last.trimEnd()}…`];
}
