/** A kind that no case handles; with every kind handled this cannot be reached. */
export function assertNever(value: never): never {
  throw new Error(`unhandled: ${JSON.stringify(value)}`);
}
