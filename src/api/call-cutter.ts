import {
  ServerInterceptingCall,
  type Metadata,
  type ServerInterceptingCallInterface,
  type ServerInterceptor,
  type status,
} from '@grpc/grpc-js';

/**
 * Ends streams whose peer does not read: grpc-js itself waits with the status of a call until all that was written before
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

  cut(stream: { readonly metadata: Metadata; destroy(): unknown }, code: status, details: string): void {
    this.#calls.get(stream.metadata)?.sendStatus({ code, details });
    stream.destroy();
  }
}
