import { Client, Metadata, credentials as grpcCredentials, type ChannelCredentials } from '@grpc/grpc-js';
import type { OperatorCommand, OperatorReply, Query, QueryResult } from '../../scheduler/index.js';
import { type Clock, sleep } from '../ports/index.js';
import { SystemClock } from '../ports/system.js';
import { ClientError, clientError } from './client-error.js';
import type { Codec } from './wire/codec.js';
import { COMMAND_CALLS, commandResponse } from './wire/commands.js';
import { OPERATOR_MESSAGE_BYTES_MAX } from './wire/limits.js';
import { rawMethods } from './wire/methods.js';
import { bytesOf, messageBytes } from './wire/proto.js';
import { QUERY_CALLS } from './wire/queries.js';
import { type WatchItem, type WatchRequest, watchRequest, watchResponse } from './wire/watch.js';
import { WireError } from './wire/wire-error.js';

/** Header in which a client names its user, for the master's record. */
const USER_HEADER = 'mosaic-user';
const RESUME_FIRST_MS = 200;
const RESUME_MAX_MS = 5_000;
const RECONNECT_BACKOFF_MS = 100;
const RECONNECT_BACKOFF_MAX_MS = 1_000;

export interface OperatorClientOptions {
  /** `host:port` of the master. */
  readonly address: string;
  /** TLS. @default insecure */
  readonly credentials?: ChannelCredentials;
  /** A call that is not answered within this fails as `UNAVAILABLE`. @default 10000 */
  readonly timeoutMs?: number;
  /** Who asks, for the master's record. @default none */
  readonly user?: string;
  /** @default SystemClock */
  readonly clock?: Clock;
}

export interface WatchOptions {
  /** Ends the watch without an error. */
  readonly signal?: AbortSignal;
  /**
   * True: after a broken connection the watch goes on from its last position, with growing pauses, for ever. False: it ends
   * with an error. The first connection must succeed either way. @default true
   */
  readonly resume?: boolean;
}

type AnyCodec = Codec<unknown, unknown, unknown>;

/** Reads and commands of a master, as operators have them. Calls share one connection; `close()` it at the end. */
export class OperatorClient {
  readonly address: string;
  readonly #client: Client;
  readonly #timeoutMs: number;
  readonly #user: string;
  readonly #clock: Clock;
  readonly #paths: ReadonlyMap<string, string>;

  constructor(options: OperatorClientOptions) {
    this.address = options.address;
    this.#timeoutMs = options.timeoutMs ?? 10_000;
    // A header carries printable ASCII only.
    this.#user = (options.user ?? '').replace(/[^\x21-\x7e]/g, '_');
    this.#clock = options.clock ?? new SystemClock();
    this.#paths = new Map(
      Object.entries(rawMethods('mosaic.v1.OperatorService')).map(([name, { path }]) => [name, path]),
    );
    this.#client = new Client(options.address, options.credentials ?? grpcCredentials.createInsecure(), {
      'grpc.max_receive_message_length': OPERATOR_MESSAGE_BYTES_MAX,
      'grpc.keepalive_time_ms': 30_000,
      'grpc.keepalive_timeout_ms': 15_000,
      // gRPC's own pauses grow to two minutes: a master that was restarted would be found long after it answers again.
      'grpc.initial_reconnect_backoff_ms': RECONNECT_BACKOFF_MS,
      'grpc.max_reconnect_backoff_ms': RECONNECT_BACKOFF_MAX_MS,
    });
  }

  /** What the core answers; `not_found` and `invalid` are answers too. Throws `ClientError` when there is none. */
  async query(query: Query): Promise<QueryResult> {
    const { kind, ...body } = query;
    const { call, request, response } = QUERY_CALLS[kind];
    try {
      const answer = await this.#call(call, request as AnyCodec, body);
      return { kind, ...((response as AnyCodec).decode(answer) as object) } as QueryResult;
    } catch (error) {
      const failure = this.#failure(error);
      if (failure.answered && failure.code === 'NOT_FOUND') return { kind: 'not_found', message: failure.message };
      if (failure.answered && failure.code === 'INVALID_ARGUMENT') return { kind: 'invalid', message: failure.message };
      throw failure;
    }
  }

  /** The answer of exactly this kind. Throws `ClientError`, also for `NOT_FOUND` and `INVALID_ARGUMENT`. */
  async get<Q extends Query>(query: Q): Promise<Extract<QueryResult, { kind: Q['kind'] }>> {
    const result = await this.query(query);
    if (result.kind === 'not_found') throw new ClientError('NOT_FOUND', result.message, { answered: true });
    if (result.kind === 'invalid') throw new ClientError('INVALID_ARGUMENT', result.message, { answered: true });
    return result as Extract<QueryResult, { kind: Q['kind'] }>;
  }

  /** Durable when it resolves. A refusal is a reply; throws `ClientError` when no leading master has answered. */
  async command(command: OperatorCommand): Promise<OperatorReply> {
    const { kind, ...body } = command;
    const { call, codec } = COMMAND_CALLS[kind];
    try {
      const answer = await this.#call(call, codec as AnyCodec, body);
      const { reply } = commandResponse.decode(answer as Parameters<typeof commandResponse.decode>[0]);
      return { ok: true, ...reply };
    } catch (error) {
      const failure = this.#failure(error);
      if (!failure.answered || failure.code === 'UNAVAILABLE') throw failure;
      return { ok: false, code: failure.code, message: failure.message };
    }
  }

  /**
   * Decisions as they are made, with a bookmark at the start. Throws `ClientError` `OUT_OF_RANGE` when the position is older
   * than the master's history: read the state anew, then watch from now.
   */
  async *watch(request: Partial<WatchRequest> = {}, options: WatchOptions = {}): AsyncGenerator<WatchItem, void> {
    const { signal, resume = true } = options;
    let after = request.after ?? null;
    let connected = false;
    for (let failures = 0; !isAborted(signal);) {
      const openedMs = this.#clock.nowMs();
      const asked: WatchRequest = { after, about: request.about ?? [], subject: request.subject ?? '' };
      try {
        for await (const item of this.#watchOnce(asked, signal)) {
          connected = true;
          // Every watch begins with a bookmark, also one that is ended right after it.
          if (item.kind !== 'bookmark') failures = 0;
          after = item.token;
          yield item;
        }
        if (isAborted(signal)) return;
        throw new ClientError('UNAVAILABLE', `the master at ${this.address} ended the watch`, { answered: false });
      } catch (error) {
        if (isAborted(signal)) return;
        const failure = this.#failure(error);
        const passing = failure.code === 'UNAVAILABLE' || failure.code === 'RESOURCE_EXHAUSTED';
        if (!resume || !connected || !passing) throw failure;
        if (this.#clock.nowMs() - openedMs >= RESUME_MAX_MS) failures = 0;
        const pauseMs = Math.min(RESUME_MAX_MS, RESUME_FIRST_MS * 2 ** Math.min(failures, 10));
        failures += 1;
        await sleep(this.#clock, pauseMs, signal).catch(() => undefined);
      }
    }
  }

  close(): void {
    this.#client.close();
  }

  async *#watchOnce(request: WatchRequest, signal: AbortSignal | undefined): AsyncGenerator<WatchItem, void> {
    const body = bytesOf('WatchRequest').write(watchRequest.encode(request));
    const responses = bytesOf('WatchResponse');
    const call = this.#client.makeServerStreamRequest(this.#path('Watch'), same, same, body, this.#metadata());
    const cancel = (): void => {
      call.cancel();
    };
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      for await (const bytes of call as AsyncIterable<Buffer>) yield watchResponse.decode(responses.read(bytes));
    } finally {
      signal?.removeEventListener('abort', cancel);
      call.on('error', () => undefined); // Cancelling reports itself as an error that nobody waits for any more.
      call.cancel();
    }
  }

  async #call(call: string, request: AnyCodec, body: object): Promise<object> {
    let bytes: Buffer;
    try {
      // What the master would refuse is refused here, in the same words.
      request.check(body);
      bytes = messageBytes(`${call}Request`).write(request.encode(body) as object);
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      throw new ClientError('INVALID_ARGUMENT', error.message, { answered: true, cause: error });
    }
    const answer = await new Promise<Buffer | undefined>((resolve, reject) => {
      this.#client.makeUnaryRequest(
        this.#path(call),
        same,
        same,
        bytes,
        this.#metadata(),
        { deadline: Date.now() + this.#timeoutMs },
        (error, value) => {
          if (error === null) resolve(value);
          else reject(error);
        },
      );
    });
    return messageBytes(`${call}Response`).read(answer ?? Buffer.alloc(0));
  }

  #failure(error: unknown): ClientError {
    if (error instanceof WireError)
      return new ClientError(
        'UNIMPLEMENTED',
        `this client cannot read the answer of ${this.address}: ${error.message}`,
        {
          answered: true,
          cause: error,
        },
      );
    return clientError(error, this.address);
  }

  #path(call: string): string {
    const path = this.#paths.get(call);
    if (path === undefined) throw new Error(`OperatorService has no ${call}`);
    return path;
  }

  #metadata(): Metadata {
    const metadata = new Metadata();
    if (this.#user !== '') metadata.set(USER_HEADER, this.#user);
    return metadata;
  }
}

function same(bytes: Buffer): Buffer {
  return bytes;
}

/** A function, because the answer changes while the watch is suspended. */
function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted ?? false;
}
