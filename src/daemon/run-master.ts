import {
  errorText,
  isLoopback,
  parseAddress,
  processEnvironment,
  profilePath,
  removeProfile,
  writeProfile,
  type MosaicConfig,
} from '../config/index.js';
import { composeMaster, type MasterDaemon } from './compose.js';
import { stopSignal } from './stop-signal.js';

/** A store that does not close may keep the process alive: after this long nothing is waited for any more. */
const LAST_WAIT_MS = 1_000;

/**
 * `mosaic master`: runs until SIGINT or SIGTERM (exit code 0), or until the master ends by itself (1). A second signal
 * ends at once.
 */
export async function runMaster(config: MosaicConfig): Promise<number> {
  let daemon: MasterDaemon;
  try {
    daemon = await composeMaster(config);
  } catch (error) {
    process.stderr.write(`mosaic master: ${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
  process.stderr.write(
    `master leads (term ${String(daemon.loop.term)})\n  gRPC  ${daemon.grpcAddress}\n  HTTP  http://${daemon.httpAddress}\n  stop  Ctrl-C\n`,
  );
  if (!isLoopback(parseAddress(config.listen.grpc)?.host ?? ''))
    process.stderr.write(
      'warning: whoever reaches the gRPC address can operate the fleet; keep it in a trusted network\n',
    );
  const profile = config.client.profile === '' ? profilePath(processEnvironment()) : config.client.profile;
  leaveProfile(profile, daemon);
  const cause = await Promise.race([stopSignal(), daemon.ended]);
  removeProfile(profile, process.pid);
  if (cause !== null) process.stderr.write(`mosaic master: ${cause.message}\n`);
  try {
    await daemon.close();
  } catch (error) {
    process.stderr.write(`mosaic master: ${error instanceof Error ? error.message : String(error)}\n`);
    // Only a signal helps: Node waits with its exit for work on files that hangs.
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), LAST_WAIT_MS).unref();
    return 1;
  }
  return cause === null ? 0 : 1;
}

/** Without a profile the master is of use all the same: whoever calls it has to name it. */
function leaveProfile(path: string, { grpcAddress, httpAddress }: MasterDaemon): void {
  try {
    writeProfile(path, {
      server: grpcAddress,
      http: `http://${httpAddress}`,
      writtenBy: 'mosaic master',
      pid: process.pid,
    });
  } catch (error) {
    process.stderr.write(
      `warning: the profile ${path} cannot be written (${errorText(error)}); name this master with --server ${grpcAddress}\n`,
    );
  }
}
