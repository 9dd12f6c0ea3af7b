/** Where the server reports what an admin may want to know; `compose` gives it the daemon's log. */
export interface ApiLog {
  info(fields: Readonly<Record<string, string | number>>, text: string): void;
  warn(fields: Readonly<Record<string, string | number>>, text: string): void;
}

export const SILENT_LOG: ApiLog = { info: () => undefined, warn: () => undefined };

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
