import { constants, type ServerHttp2Stream } from 'node:http2';
import {
  ServerInterceptingCall,
  type Metadata,
  type ServerInterceptingCallInterface,
  type ServerInterceptor,
  type status,
} from '@grpc/grpc-js';

/**
 * Ends calls whose peer does not read: grpc-js itself waits with the status of a call until all that was written before
 * is taken, which may be never.
 */
export class CallCutter {
  /** The calls below the handlers' streams, by the metadata that both know: the only way to reach them. */
  readonly #calls = new WeakMap<Metadata, ServerInterceptingCallInterface>();

  /** Must be among the server's interceptors. */
  get interceptor(): ServerInterceptor {
    return (_method, call) =>
      new ServerInterceptingCall(call, {
        start: (next) => {
          next({
            onReceiveMetadata: (metadata, forward) => {
              this.#calls.set(metadata, call);
              forward(metadata);
            },
          });
        },
      });
  }

  /** Calls `onSent` once the answer of a unary call, given from now on, has left for its client: as fast as that reads. */
  watchAnswer(stream: { readonly metadata: Metadata }, onSent: () => void): void {
    const call = this.#calls.get(stream.metadata);
    if (call === undefined) return;
    const send = call.sendMessage.bind(call);
    call.sendMessage = (message, callback) => {
      send(message, () => {
        onSent();
        callback();
      });
    };
  }

  /** Ends the call without a status, for one that would come behind what is not read. Nothing written is kept for it. */
  reset(stream: { readonly metadata: Metadata }): void {
    const call = this.#calls.get(stream.metadata) as { readonly stream?: ServerHttp2Stream } | undefined;
    call?.stream?.close(constants.NGHTTP2_CANCEL);
  }

  cut(stream: { readonly metadata: Metadata; destroy(): unknown }, code: status, details: string): void {
    this.#calls.get(stream.metadata)?.sendStatus({ code, details });
    stream.destroy();
  }
}
