/** A roll of paper in a 203-dpi printer (8 dots a millimetre); a column is 12 dots. */
export interface Paper {
  readonly widthMm: 58 | 80;
  /** Printable columns of ASCII: 384 dots on 58 mm, 576 on 80 mm. */
  readonly columns: number;
  /** Side of one QR module in dots. */
  readonly qrCell: 4 | 5 | 6;
}

export const paper58: Paper = { widthMm: 58, columns: 32, qrCell: 5 };
export const paper80: Paper = { widthMm: 80, columns: 48, qrCell: 6 };

export type Align = 'left' | 'center';

/** One step of printing. `width` and `height` multiply the 12×24-dot cell of the printer's font, 1 to 8. */
export type SlipBlock =
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly width: number;
      readonly height: number;
      readonly bold: boolean;
      readonly align: Align;
    }
  | { readonly kind: 'qr'; readonly content: string; readonly cell: number }
  | { readonly kind: 'feed'; readonly lines: number }
  | { readonly kind: 'cut' };
