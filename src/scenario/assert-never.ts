/** Proves at compile time that a closed union was handled; throws if a value from outside the type got in. */
export function assertNever(value: never): never {
  throw new TypeError(`unhandled value ${JSON.stringify(value)}`);
}
