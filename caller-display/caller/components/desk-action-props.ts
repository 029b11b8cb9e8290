/** What an ActionButton shows of one action. */
export interface DeskActionProps {
  readonly label: string;
  /** Label of the key that does the same. */
  readonly keyLabel?: string | undefined;
  /** A second line: how often still, how soon. */
  readonly note?: string;
  /** Why it cannot be done now; absent when it can. */
  readonly why?: string | undefined;
  /** This very action is under way. */
  readonly busy?: boolean;
}
