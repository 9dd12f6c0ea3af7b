/** Makes a switch over a closed union break the build where a kind is not handled. */
export function assertNever(value: never): never {
  throw new Error(`unhandled kind: ${JSON.stringify(value)}`);
}
