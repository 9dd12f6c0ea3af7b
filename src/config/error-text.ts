/** What is known of an error of any origin; `instanceof` is not asked, because errors may come from another realm. */

/** `ENOENT`, `EADDRINUSE`; empty when it carries no code. */
export function errorCode(error: unknown): string {
  return isObject(error) && typeof error['code'] === 'string' ? error['code'] : '';
}

/** Its message, or what it is as a text. */
export function errorText(error: unknown): string {
  return isObject(error) && typeof error['message'] === 'string' ? error['message'] : String(error);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
