/** A shape of the fleet, as much of it as dividing needs. */
export interface PartShape {
  readonly name: string;
  readonly count: number;
  readonly cpus: number;
}

/**
 * How a workload that only needs cores asks for hosts of several shapes: of each as large a part as the shape has of the
 * fleet's cores, whole hosts only, and of the commonest one what is then missing. So every shape is wanted by somebody, and
 * the sum is what the load needs.
 */
export class ShapeParts {
  /** The shape with the most hosts: cores are told in hosts of this one. */
  readonly common: PartShape;
  readonly #others: readonly PartShape[];
  readonly #fleetCores: number;

  constructor(shapes: readonly PartShape[]) {
    const [common, ...others] = [...shapes].sort((a, b) => b.count - a.count);
    if (common === undefined) throw new Error('the fleet has no shapes');
    this.common = common;
    this.#others = others;
    this.#fleetCores = shapes.reduce((sum, { count, cpus }) => sum + count * cpus, 0);
  }

  /** Hosts of each shape that bring at least `cores` together; the commonest shape first, always there. */
  divide(cores: number): readonly { readonly shape: string; readonly hosts: number }[] {
    let left = cores;
    const others = this.#others.map(({ name, count, cpus }) => {
      // No more than there are: the rest of the fleet can serve it as well.
      const hosts = Math.min(count, Math.floor((cores * count) / this.#fleetCores));
      left -= hosts * cpus;
      return { shape: name, hosts };
    });
    return [{ shape: this.common.name, hosts: Math.max(0, Math.ceil(left / this.common.cpus)) }, ...others];
  }
}
