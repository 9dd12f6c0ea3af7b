/** The operator port over gRPC: the published client, in the words of the CLI. */
import { userInfo } from 'node:os';
import { ClientError } from '../client/client-error.js';
import { OperatorClient } from '../client/operator-client.js';
import { AccessError, type OperatorAccess, type WatchItem, type WatchRequest } from './operator-access.js';

/** @param address `HOST:PORT`; nothing is connected before the first call */
export function connectOperator(address: string): OperatorAccess {
  const client = new OperatorClient({ address, user: userName() });
  return {
    query: (query) => client.query(query).catch(rethrow),
    command: (command) => client.command(command).catch(rethrow),
    watch: (request, signal) => watch(client, request, signal),
    close: () => {
      client.close();
    },
  };
}

async function* watch(client: OperatorClient, request: WatchRequest, signal: AbortSignal): AsyncGenerator<WatchItem> {
  try {
    yield* client.watch(request, { signal });
  } catch (error) {
    rethrow(error);
  }
}

function rethrow(error: unknown): never {
  if (error instanceof ClientError)
    throw new AccessError(error.code, error.message, { answered: error.answered, cause: error });
  throw error;
}

/** Who asks, for the master's record; a claim only. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // An account without an entry in the user database, as containers have them.
    return '';
  }
}
