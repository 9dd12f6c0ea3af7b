/**
 * The mass failure that is going on, as `breaker.ts` sees it; empty while the breaker is closed. Soft: a new master sees for
 * itself who does not come back.
 */
export class MassFailure {
  /** Silent hosts that would count as lost by now but for the breaker. */
  readonly heldBack = new Set<string>();
  /** Hosts that were among them until an operator confirmed that they are off: away, but nothing to wait for. */
  readonly confirmedOff = new Set<string>();
  /** How many of either were forgotten since. */
  forgotten = 0;
  /** The breaker closes when fewer than so many are away. */
  threshold = 0;

  /** All that vanished and are not back. */
  get away(): number {
    return this.heldBack.size + this.confirmedOff.size + this.forgotten;
  }

  /** @returns the hosts that were still held back, oldest first */
  end(): readonly string[] {
    const left = [...this.heldBack];
    this.heldBack.clear();
    this.confirmedOff.clear();
    this.forgotten = 0;
    this.threshold = 0;
    return left;
  }
}
