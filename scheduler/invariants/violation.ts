/** One broken promise of DESIGN §4. `I1`..`I10` are the design's; `REF` is an id that leads nowhere. */
export interface Violation {
  readonly invariant: 'I1' | 'I2' | 'I3' | 'I4' | 'I6' | 'I8' | 'I9' | 'REF';
  /** What it is about: `host node17`, `lease l-1-4`, `role /prod`. */
  readonly subject: string;
  /** What is wrong, without the subject. */
  readonly message: string;
}

/** Where checks put what they find. */
export type Report = (invariant: Violation['invariant'], subject: string, message: string) => void;

/** `I2: host node17 is leased but has no lease`. */
export function violationText(violation: Violation): string {
  return `${violation.invariant}: ${violation.subject} ${violation.message}`;
}
