declare module 'npos' {
  interface Node {
    /** The first byte; 2 for a run of text. */
    readonly code: number;
    readonly ascii: string;
    /** The rest of the command's name, e.g. '!' of GS !. */
    readonly fn?: string;
    readonly offset: number;
    readonly length: number;
  }
  interface Parser {
    analyze(bytes: Buffer): { readonly error?: Error; readonly tree: readonly Node[] | null };
  }
  type Rules = Record<string, Record<string, unknown>>;
  const npos: {
    parser(rules?: Rules): Parser;
    readonly rules: Rules;
    readonly symbols: Readonly<Record<string, string | number>>;
  };
  export default npos;
}
