/** Command lines that answers tell people to run: one place, so that they stay what the CLI really takes. */
export const remedies = {
  quotaSet: (role: string, change: string): string => `mosaic quota set ${role} ${change}`,
  quotaShow: (role: string): string => `mosaic quota show ${role}`,
  why: (thing: string): string => `mosaic why ${thing}`,
  hostAdmit: (host: string): string => `mosaic host admit ${host}`,
  hostRelease: (host: string): string => `mosaic host release ${host}`,
  hostUncordon: (host: string): string => `mosaic host uncordon ${host}`,
  hostConfirmOff: (host: string): string => `mosaic host confirm-off ${host}`,
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
  demandList: 'mosaic demand list',
  overview: 'mosaic',
} as const;

/** Whether a remedy is a command to run, as opposed to an event to wait for. */
export function isCommand(remedy: string): boolean {
  return remedy === 'mosaic' || remedy.startsWith('mosaic ');
}
