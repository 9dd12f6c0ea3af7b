/** Command lines that answers tell people to run: one place, so that they stay what the CLI really takes. */
export const remedies = {
  quotaSet: (role: string, change: string): string => `mosaic quota set ${role} ${change}`,
  quotaShow: (role: string): string => `mosaic quota show ${role}`,
  why: (thing: string): string => `mosaic why ${thing}`,
  hostAdmit: (host: string): string => `mosaic host admit ${host}`,
  hostRelease: (host: string): string => `mosaic host release ${host}`,
  hostWipe: (host: string): string => `mosaic host release ${host} --wipe`,
  hostUncordon: (host: string): string => `mosaic host uncordon ${host}`,
  hostDrainHard: (host: string): string => `mosaic host drain ${host} --hard`,
  hostDrainCancel: (host: string): string => `mosaic host drain ${host} --cancel`,
  breakerReset: 'mosaic breaker reset',
  maintenanceDelete: (window: string): string => `mosaic maintenance delete ${window}`,
  hostConfirmOff: (host: string): string => `mosaic host confirm-off ${host}`,
  frameworkRelease: (frameworkId: string): string => `mosaic framework release ${frameworkId}`,
  hostsIn: (state: string): string => `mosaic host list --state ${state}`,
  adopt: (frameworkId: string): string => `mosaic adopt --framework ${frameworkId}`,
  moveTo: (host: string, to: string): string => `mosaic move ${host} --to ${to}`,
  moveCancel: (transitionId: string): string => `mosaic move cancel ${transitionId}`,
  moveRetry: (transitionId: string): string => `mosaic move retry ${transitionId}`,
  moveList: 'mosaic move list',
  planApprove: (planId: string, version: number): string => `mosaic plan approve ${planId} --version ${version}`,
  planShow: 'mosaic plan show',
  planMode: (mode: string): string => `mosaic plan mode ${mode}`,
  unfreeze: (scope: string): string => (scope === '*' ? 'mosaic unfreeze' : `mosaic unfreeze --workload ${scope}`),
  frameworkList: 'mosaic framework list',
  unreserve: (reservationId: string): string => `mosaic unreserve ${reservationId}`,
  reservations: 'mosaic reservations',
  demandList: 'mosaic demand list',
  overview: 'mosaic',
} as const;

/** The command in a condition's remedy, complete as it stands: `clear it, or: mosaic move cancel t-1-2`; null when none. */
export function commandIn(remedy: string): string | null {
  const at = remedy.startsWith('mosaic') ? 0 : remedy.lastIndexOf(': mosaic ') + 2;
  if (at < 2 && !remedy.startsWith('mosaic')) return null;
  const command = remedy.slice(at);
  return command.includes('...') || command.includes('<') ? null : command;
}

/** A condition's remedy as one of the things that would change an answer: a command, or what to wait for. */
export function changeText(remedy: string): string {
  const command = commandIn(remedy);
  if (command !== null) return command;
  const clears = /(?:it|condition) (?:clears|ends) (?:when|at) (.*)$/.exec(remedy)?.[1];
  return clears === undefined ? remedy : `wait until ${clears}`;
}
