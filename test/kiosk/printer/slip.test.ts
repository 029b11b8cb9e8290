import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { columnsOf } from '#kiosk/agent/slip/printer-columns.ts';
import { SLIP_MAX_BYTES, slipBytes } from '#kiosk/agent/slip/slip-bytes.ts';
import { type Paper, paper58, paper80 } from '#kiosk/agent/slip/slip-blocks.ts';
import type { Slip } from '#kiosk/agent/slip/slip.ts';
import { aSlip } from '#test/support/slips.ts';
import { decodeSlip } from '#test/support/stand-in-printer.ts';

const papers: readonly Paper[] = [paper58, paper80];
const print = (slip: Slip, paper = paper80) => decodeSlip(slipBytes(slip, paper));
const textsOf = (bytes: Buffer) => decodeSlip(bytes).lines.map((line) => line.text);
/** All text without line breaks and spaces, so that a comparison does not hang on where lines break. */
const textOf = (slip: Slip, paper = paper80) => textsOf(slipBytes(slip, paper)).join('').replaceAll(' ', '');

const variants: readonly Slip[] = (['zh', 'en'] as const).flatMap((language) =>
  [false, true].flatMap((offline) =>
    [false, true].map((reprint) =>
      aSlip({ language, offline, reprint, number: offline ? 'X3-0007' : 'A012' }),
    ),
  ),
);

describe.each(papers)('a slip on $widthMm mm paper', (paper) => {
  it.each(variants)('$language, offline $offline, reprint $reprint: fits, and leads to the visit', (slip) => {
    const bytes = slipBytes(slip, paper);
    const decoded = decodeSlip(bytes);
    expect(bytes.length).toBeLessThanOrEqual(1500);
    for (const line of decoded.lines) {
      expect(columnsOf(line.text) * line.width, line.text).toBeLessThanOrEqual(paper.columns);
    }
    expect(decoded.qr).toBe(slip.visitUrl);
    expect(decoded).toMatchObject({ isChineseMode: true, isCut: true });
    const text = textsOf(bytes).join('\n');
    expect(text.includes('离线号')).toBe(slip.offline);
    expect(text.includes('补打')).toBe(slip.reprint);
    expect(text).not.toContain('?\n');
  });

  it('has the number at least 12 mm high and inside the paper', () => {
    for (const number of ['A1', 'A012', 'AB00123', 'X3-0007', 'A-REALLY-LONG-16']) {
      const line = print(aSlip({ number }), paper).lines.find(({ text }) => text === number)!;
      // The ink of a digit is at least 16 of the cell's 24 dots; 8 dots are a millimetre.
      expect((line.height * 16) / 8).toBeGreaterThanOrEqual(12);
      expect(line.width * columnsOf(number)).toBeLessThanOrEqual(paper.columns);
      expect(line.align).toBe('center');
    }
  });

  it('keeps the QR inside the paper, with modules of at least half a millimetre', () => {
    const { qrCell } = print(aSlip(), paper);
    expect(qrCell! / 8).toBeGreaterThanOrEqual(0.5);
    // 200 bytes at level M need version 10: 57 modules and a margin of four on each side.
    expect(qrCell! * (57 + 8)).toBeLessThanOrEqual(paper.columns * 12);
  });

  it('says what a visitor needs, in Chinese', () => {
    const text = textOf(aSlip(), paper);
    // prettier-ignore
    for (const part of [
      '驻马店市民中心', 'A012', '不动产登记区2F', '业务不动产转移登记（二手房）', '窗口A01-A03A10A12',
      '取号2026-11-2308:31', '等候本业务前面12人', '预计半数人8分钟内，九成人25分钟内', '□买卖双方身份证原件',
      '□网签买卖合同（免提交，可不带）', '过号请到总服务台恢复排队，恢复后排在3位之后；当日有效。', '服务热线0396-12345',
    ]) {
      expect(text).toContain(part);
    }
  });

  it('says the same in English, and the zone as the signs have it', () => {
    const text = textOf(aSlip({ language: 'en' }), paper);
    // prettier-ignore
    for (const part of [
      "Citizens'ServiceCentre", 'A012', 'Realestateregistration', '不动产登记区2F', 'Transferofrealestate(resale)',
      'A01-A03A10A12', '2026-11-2308:31', '12people', 'halfwithin8min,90%within25min',
      'Identitycardsofbothparties', 'Thefrontdeskputsyoubackbehind3people.', 'Hotline0396-12345',
    ]) {
      expect(text).toContain(part);
    }
    expect(text).not.toMatch(/业务|取号|热线/);
  });

  it.each(['带', '𠮷'])(
    'stays within its bytes for the longest catalogue, all of %s, and says so',
    (character) => {
      const long = { zh: character.repeat(200), en: `${character.repeat(9)} `.repeat(30) };
      const slip = aSlip({
        hallName: long,
        zone: long,
        service: long,
        missedCallRule: long,
        bring: Array.from({ length: 12 }, () => long),
        counters: Array.from({ length: 189 }, (_, index) => `${character.repeat(4)}${index * 3}`),
        visitUrl: `http://h/${'x'.repeat(191)}`,
        offline: true,
        reprint: true,
      });
      for (const language of ['zh', 'en'] as const) {
        const bytes = slipBytes({ ...slip, language }, paper);
        expect(bytes.length).toBeLessThanOrEqual(SLIP_MAX_BYTES);
        const text = textsOf(bytes).join('\n');
        expect(text).toMatch(language === 'zh' ? /另有 \d+ 项/ : /\d+ more: scan/);
        for (const part of [slip.floor, slip.hotline, '补打', '离线号']) expect(text).toContain(part);
      }
    },
  );
});

it('leaves the counters’ line out where no counter is known', () => {
  expect(textOf(aSlip({ counters: [] }))).not.toContain('窗口');
});

describe('what is not known is not printed', () => {
  it('leaves out people ahead and estimate', () => {
    const text = textOf(aSlip({ peopleAhead: undefined, estimateMinutes: undefined }));
    expect(text).not.toContain('等候');
    expect(text).not.toContain('预计');
  });

  it('prints the day and no time where the clock is unsure', () => {
    const text = textOf(aSlip({ timeUnsure: true, takenAtMs: 0 }));
    expect(text).toContain('日期2026-11-23');
    expect(text).not.toContain('取号');
    expect(text).not.toContain('1970');
  });

  it('names the day where the number is for another day than that of taking', () => {
    expect(textOf(aSlip())).not.toContain('日期');
    expect(textOf(aSlip({ businessDate: '2026-11-24' }))).toContain('日期2026-11-24取号2026-11-2308:31');
  });

  it('takes the day from the hall’s time zone', () => {
    expect(textOf(aSlip({ takenAtMs: Date.UTC(2026, 10, 22, 23, 59) }))).toContain('取号2026-11-2307:59');
  });
});

describe('GB 18030', () => {
  const edges = '㐀丂鿃龘䶮㛃𠮷𬭚𠂇⺁€·é—…';

  it('survives to the paper: the edges of GBK, and four-byte characters in and beyond the BMP', () => {
    const slip = aSlip({ service: { zh: edges, en: 'x' } });
    expect(textOf(slip)).toContain(edges);
    expect(slipBytes(slip, paper80).includes(Buffer.from('9534b2359933aa34', 'hex'))).toBe(true);
  });

  it('prints neither ? nor a broken code for half a surrogate pair', () => {
    const text = textOf(aSlip({ service: { zh: '甲\ud842乙', en: 'x' } }));
    expect(text).toContain('甲\ufffd乙');
  });

  it('sends no character that the encoder has no code for', () => {
    expect(iconv.encode(edges, 'gb18030').includes('?')).toBe(false);
  });
});

describe('a slip that no printer could show', () => {
  it('is a bug, not a slip', () => {
    expect(() => slipBytes(aSlip({ visitUrl: 'http://厅/v/1' }), paper80)).toThrow(RangeError);
    expect(() => slipBytes(aSlip({ number: 'A 1' }), paper80)).toThrow(RangeError);
  });
});
