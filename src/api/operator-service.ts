import {
  status,
  type sendUnaryData,
  type ServerUnaryCall,
  type ServerWritableStream,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js';
import type { OperatorCommand, Query } from '../../scheduler/index.js';
import { COMMAND_CALLS, commandResponse, type CommandCall } from '../client/wire/commands.js';
import type { Codec } from '../client/wire/codec.js';
import { rawMethods } from '../client/wire/methods.js';
import { bytesOf, messageBytes } from '../client/wire/proto.js';
import { QUERY_CALLS, type QueryCall } from '../client/wire/queries.js';
import { safeDetails, statusOf, type StatusToSend } from '../client/wire/status.js';
import { watchRequest, watchResponse } from '../client/wire/watch.js';
import { WireError } from '../client/wire/wire-error.js';
import type { Clock, QueryAnswer } from '../ports/index.js';
import type { CallCutter } from './call-cutter.js';
import { type ApiLog, messageOf } from './log.js';
import type { OperatorPort, WatchEnd, WatchItem } from './operator-port.js';

export interface OperatorServiceOptions {
  readonly port: OperatorPort;
  readonly clock: Clock;
  readonly log: ApiLog;
  readonly cutter: CallCutter;
  /** Who asks, for the record. */
  readonly principalOf: (call: { readonly peer: string; readonly user: string }) => string;
  /** Calls at once whose answer is being made or waits for its client to read it; one more is refused. */
  readonly callsMax: number;
  /** Watches at once; one more is refused. */
  readonly watchesMax: number;
  /** A watcher, or a call, that does not take what is sent for this long is cut: it would keep its place for ever. */
  readonly stallMs: number;
}

type Unary = ServerUnaryCall<Buffer, Buffer>;
type Answer = sendUnaryData<Buffer>;
type WatchCall = ServerWritableStream<Buffer, Buffer>;
type AnyCodec = Codec<unknown, unknown, unknown>;

/** Header in which a client names its user; a claim, unless the connection itself proves who it is. */
export const USER_HEADER = 'mosaic-user';

/** Answers operators from the port. What the contract has and this master has not is answered UNIMPLEMENTED. */
export class OperatorService {
  readonly #options: OperatorServiceOptions;
  readonly #watches = new Set<AbortController>();
  #calls = 0;
  #closing = false;

  constructor(options: OperatorServiceOptions) {
    this.#options = options;
  }

  get implementation(): UntypedServiceImplementation {
    const handlers: UntypedServiceImplementation = {};
    for (const name of Object.keys(rawMethods('mosaic.v1.OperatorService')))
      handlers[name] = (_call: unknown, answer: Answer) => {
        answer(statusOf('UNIMPLEMENTED', `${name} is part of the contract, but not of this master`));
      };
    for (const call of Object.values(COMMAND_CALLS)) handlers[call.call] = this.#command(call as CommandCall);
    for (const call of Object.values(QUERY_CALLS)) handlers[call.call] = this.#query(call as QueryCall);
    handlers['Watch'] = (call: WatchCall) => {
      this.#watch(call);
    };
    return handlers;
  }

  /** Ends every watch; they may resume elsewhere with their last token. */
  close(): void {
    this.#closing = true;
    for (const watch of [...this.#watches]) watch.abort();
  }

  #command({ kind, call: name, codec }: CommandCall): (call: Unary, answer: Answer) => void {
    const request = messageBytes(`${name}Request`);
    const response = messageBytes(`${name}Response`);
    return this.#unary(name, async (call) => {
      const body = (codec as AnyCodec).decode(request.read(call.request)) as object;
      const reply = await this.#options.port.command(this.#principal(call), { kind, ...body } as OperatorCommand);
      if (!reply.ok) return statusOf(reply.code, reply.message);
      const { changes, remarks = [], ids } = reply;
      return response.write(commandResponse.encode({ reply: { changes, ids, remarks } }));
    });
  }

  #query({ kind, call: name, request: asked, response: answered }: QueryCall): (call: Unary, answer: Answer) => void {
    const request = messageBytes(`${name}Request`);
    const response = messageBytes(`${name}Response`);
    return this.#unary(name, async (call) => {
      const body = (asked as AnyCodec).decode(request.read(call.request)) as object;
      const result: QueryAnswer = await this.#options.port.query({ kind, ...body } as Query);
      if (result.kind === 'unavailable') return statusOf('UNAVAILABLE', result.message);
      if (result.kind === 'not_found') return statusOf('NOT_FOUND', result.message);
      if (result.kind === 'invalid') return statusOf('INVALID_ARGUMENT', result.message);
      return response.write((answered as AnyCodec).encode(result) as object);
    });
  }

  #unary(name: string, work: (call: Unary) => Promise<Buffer | StatusToSend>): (call: Unary, answer: Answer) => void {
    return (call, answer) => {
      if (this.#calls >= this.#options.callsMax) {
        answer(
          statusOf('RESOURCE_EXHAUSTED', `the master is answering ${this.#calls} calls already; try again in a moment`),
        );
        return;
      }
      this.#calls += 1;
      work(call)
        .catch((error: unknown) => this.#failure(name, error))
        .then(
          (outcome) => {
            if (Buffer.isBuffer(outcome)) this.#answerAndWait(name, call, answer, outcome);
            else {
              this.#calls -= 1;
              answer(outcome);
            }
          },
          () => {
            this.#calls -= 1;
          },
        );
    };
  }

  /** The call keeps its place until its client has read the answer: a large one stays in memory until then. */
  #answerAndWait(name: string, call: Unary, answer: Answer, bytes: Buffer): void {
    let over = false;
    const end = (): void => {
      if (over) return;
      over = true;
      cancel();
      this.#calls -= 1;
    };
    const cancel = this.#options.clock.setTimer(this.#options.stallMs, () => {
      if (over) return;
      this.#options.log.warn({ remote: call.getPeer(), call: name }, 'a client that does not read its answer is cut');
      this.#options.cutter.reset(call);
      end();
    });
    call.on('cancelled', end);
    if (call.cancelled) end();
    this.#options.cutter.watchAnswer(call, end);
    answer(null, bytes);
  }

  #failure(name: string, error: unknown): StatusToSend {
    if (error instanceof WireError) return statusOf('INVALID_ARGUMENT', error.message);
    this.#options.log.warn({ call: name }, `a call failed: ${messageOf(error)}`);
    return { ...statusOf('UNAVAILABLE', 'the master could not answer; its log says why'), code: status.INTERNAL };
  }

  #principal(call: Unary | WatchCall): string {
    const user = call.metadata.get(USER_HEADER)[0];
    return this.#options.principalOf({ peer: call.getPeer(), user: typeof user === 'string' ? user : '' });
  }

  #watch(call: WatchCall): void {
    const refuse = (problem: StatusToSend): void => {
      call.emit('error', problem);
    };
    if (this.#closing) {
      refuse(statusOf('UNAVAILABLE', 'the master is stopping'));
      return;
    }
    if (this.#watches.size >= this.#options.watchesMax) {
      refuse(statusOf('RESOURCE_EXHAUSTED', `${this.#watches.size} watches are open already; try again later`));
      return;
    }
    let request;
    try {
      request = watchRequest.decode(bytesOf('WatchRequest').read(call.request));
    } catch (error) {
      refuse(this.#failure('Watch', error));
      return;
    }
    const stop = new AbortController();
    this.#watches.add(stop);
    const cut = (): void => {
      stop.abort();
      const problem = statusOf('RESOURCE_EXHAUSTED', 'the watcher does not read; resume with the last token');
      this.#options.log.warn({ remote: call.getPeer() }, 'a watcher that does not read is cut');
      this.#options.cutter.cut(call, problem.code, problem.details);
    };
    const response = bytesOf('WatchResponse');
    // A watcher that does not keep up only falls behind in the history: no copies wait for it here.
    const onItem = (item: WatchItem): void | Promise<void> => {
      if (stop.signal.aborted) return;
      let bytes: Buffer;
      try {
        bytes = response.write(watchResponse.encode(item));
      } catch (error) {
        this.#options.log.warn({ call: 'Watch' }, `an event could not be sent: ${messageOf(error)}`);
        return;
      }
      if (!call.write(bytes)) return this.#drained(call, stop.signal, cut);
    };
    call.on('cancelled', () => {
      stop.abort();
    });
    this.#options.port
      .watch(request, stop.signal, onItem)
      .then(
        (end) => this.#watchStatus(end),
        (error: unknown) => this.#failure('Watch', error),
      )
      .then(
        (ended) => {
          this.#watches.delete(stop);
          stop.abort();
          if (!call.cancelled) refuse(ended);
        },
        () => undefined,
      );
  }

  /** Until the watcher takes more, or its watch is over. */
  #drained(call: WatchCall, signal: AbortSignal, onStalled: () => void): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        cancel();
        call.off('drain', done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const cancel = this.#options.clock.setTimer(this.#options.stallMs, onStalled);
      call.on('drain', done);
      signal.addEventListener('abort', done);
      if (signal.aborted) done();
    });
  }

  #watchStatus(end: WatchEnd): StatusToSend {
    if (end.kind === 'out_of_range') return statusOf('OUT_OF_RANGE', end.message);
    if (end.kind === 'unavailable') return statusOf('UNAVAILABLE', end.message);
    return statusOf('UNAVAILABLE', safeDetails('the master is stopping; resume with the last token'));
  }
}
