/** One line of the bench: a figure, what stands beside it from the same run, and what we hold ourselves to. */
export interface Row {
  readonly figure: string;
  readonly value: string;
  readonly control?: string;
  readonly target: string;
  readonly met: boolean;
}

export function printRows(rows: readonly Row[]): void {
  for (const { figure, value, control, target, met } of rows) {
    console.log(
      `${met ? 'met   ' : 'MISSED'} ${figure}: ${value}${control ? ` (${control})` : ''}; target ${target}`,
    );
  }
}

export const perSecond = (rate: number): string => `${Math.round(rate).toLocaleString('en')}/s`;
export const ms = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
export const times = (ratio: number): string => `${ratio.toFixed(2)}×`;
