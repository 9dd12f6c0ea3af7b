// Whatever the domain can say within the limits arrives as it was said.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { OperatorCommand, Query } from '../../../scheduler/index.js';
import type { Codec } from '../../../src/client/wire/codec.js';
import { COMMAND_CALLS } from '../../../src/client/wire/commands.js';
import { agentFrames, frameworkFrames } from '../../../src/client/wire/frames.js';
import { bytesOf, messageBytes } from '../../../src/client/wire/proto.js';
import { QUERY_CALLS } from '../../../src/client/wire/queries.js';
import { watchRequest, watchResponse } from '../../../src/client/wire/watch.js';
import * as arbitrary from './arbitraries/index.js';

type AnyCodec = Codec<unknown, unknown, unknown>;

/** A message through its codec and through the bytes of the call that carries it. */
function through(codec: unknown, name: string, value: object): object {
  const { encode, decode } = codec as AnyCodec;
  const bytes = messageBytes(name);
  return decode(bytes.read(bytes.write(encode(value) as object))) as object;
}

function without({ kind: _kind, ...body }: { readonly kind: string }): object {
  return body;
}

describe('frames', () => {
  it('of frameworks arrive as they were sent', () => {
    fc.assert(
      fc.property(arbitrary.frameworkPeerFrame, (frame) => {
        expect(frameworkFrames.readPeer(frameworkFrames.writePeer(frame))).toEqual(frame);
      }),
      { numRuns: 400 },
    );
  });

  it('to frameworks arrive as they were sent', () => {
    fc.assert(
      fc.property(arbitrary.frameworkMasterFrame, (frame) => {
        expect(frameworkFrames.readMaster(frameworkFrames.writeMaster(frame))).toEqual(frame);
      }),
      { numRuns: 400 },
    );
  });

  it('of agents arrive as they were sent', () => {
    fc.assert(
      fc.property(arbitrary.agentPeerFrame, (frame) => {
        expect(agentFrames.readPeer(agentFrames.writePeer(frame))).toEqual(frame);
      }),
      { numRuns: 200 },
    );
  });

  it('to agents arrive as they were sent', () => {
    fc.assert(
      fc.property(arbitrary.agentMasterFrame, (frame) => {
        expect(agentFrames.readMaster(agentFrames.writeMaster(frame))).toEqual(frame);
      }),
      { numRuns: 200 },
    );
  });

  it.each(Object.entries(arbitrary.FRAMEWORK_MESSAGES))('carry %s, and its check agrees', (_kind, messages) => {
    fc.assert(
      fc.property(messages as fc.Arbitrary<never>, (message) => {
        const frame = { kind: 'peer_message', seq: 1, ack: 0, message } as const;
        expect(() => frameworkFrames.checkMessage(message)).not.toThrow();
        expect(frameworkFrames.readPeer(frameworkFrames.writePeer(frame))).toEqual(frame);
      }),
      { numRuns: 30 },
    );
  });
});

describe('operators', () => {
  it.each(Object.entries(arbitrary.COMMANDS))('command %s', (kind, commands) => {
    const { call, codec } = COMMAND_CALLS[kind as OperatorCommand['kind']];
    fc.assert(
      fc.property(commands as fc.Arbitrary<OperatorCommand>, (command) => {
        (codec as AnyCodec).check(without(command));
        expect(through(codec, `${call}Request`, without(command))).toEqual(without(command));
      }),
      { numRuns: 30 },
    );
  });

  it.each(Object.entries(arbitrary.QUERIES))('ask %s', (kind, queries) => {
    const { call, request } = QUERY_CALLS[kind as Query['kind']];
    fc.assert(
      fc.property(queries as fc.Arbitrary<Query>, (query) => {
        expect(through(request, `${call}Request`, without(query))).toEqual(without(query));
      }),
      { numRuns: 30 },
    );
  });

  it.each(Object.entries(arbitrary.ANSWERS))('are answered %s', (kind, answers) => {
    const { call, response } = QUERY_CALLS[kind as Query['kind']];
    fc.assert(
      fc.property(answers as fc.Arbitrary<arbitrary.Answer>, (answer) => {
        expect(through(response, `${call}Response`, without(answer))).toEqual(without(answer));
      }),
      { numRuns: 30 },
    );
  });

  it('watch', () => {
    const requests = bytesOf('WatchRequest');
    const responses = bytesOf('WatchResponse');
    fc.assert(
      fc.property(arbitrary.watchRequest, arbitrary.watchItem, (request, item) => {
        expect(watchRequest.decode(requests.read(requests.write(watchRequest.encode(request))))).toEqual(request);
        expect(watchResponse.decode(responses.read(responses.write(watchResponse.encode(item))))).toEqual(item);
      }),
    );
  });
});
