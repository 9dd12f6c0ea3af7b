// The other half of what the tutorial tells: a framework that takes a whole host and gives it back, against a real master.
import { afterEach, describe, expect, it } from '@jest/globals';
import { connectFramework } from '../../src/client/framework-client.js';
import { AdapterError, type HostSteps } from '../../src/client/host-steps.js';
import { wantHosts } from '../../src/client/wants.js';
import { eventually, freeHost, Openings } from '../support/real-master.js';
import { until } from '../support/until.js';

const openings = new Openings();

afterEach(() => openings.closeAll());

describe('a framework with whole hosts', () => {
  it('is given one, serves, and gives it back clean', async () => {
    const { master, operator } = await freeHost(openings);
    const done: string[] = [];
    let joins = 0;
    const note = (step: string): Promise<void> => {
      done.push(step);
      return Promise.resolve();
    };
    const steps: HostSteps = {
      join: async (context) => {
        context.fence();
        joins += 1;
        await note(`join ${context.machine.name}`);
        if (joins === 1) throw new AdapterError('unavailable', 'the manager does not answer');
      },
      verify: () => note('verify'),
      drain: (context) => {
        context.report({ progressMilli: 500, message: 'half of the jobs have moved', blockedBy: [] });
        return note('drain');
      },
      leave: () => note('leave'),
    };
    const framework = connectFramework(
      {
        address: master.grpcAddress,
        workload: 'batch',
        name: 'hosts',
        roles: ['/batch'],
        secret: 'a-secret-of-this-test',
        steps,
        stepOptions: { managerRetryFirstMs: 1 },
      },
      {
        connected: (_event, client) => {
          client.observe([]);
          client.demand('/batch', [wantHosts('fleet', 1)]);
        },
        offers: ({ offers }, client) => void client.claim(offers.map(({ offerId }) => offerId)),
      },
    );
    openings.add(() => framework.close());

    await eventually(operator, async () => {
      const { host } = await operator.get({ kind: 'host', host: 'node1' });
      return host.phase === 'serving';
    });
    expect(done).toEqual(['join node1', 'join node1', 'verify']);
    const [lease] = [...framework.leases.values()];
    expect(lease).toMatchObject({ hostName: 'node1', role: '/batch', origin: 'claimed' });

    framework.demand('/batch', []);
    expect(await framework.returnHost(lease!.leaseId, 'nothing left to do')).toMatchObject({ ok: true });
    await eventually(operator, async () => {
      const { host } = await operator.get({ kind: 'host', host: 'node1' });
      return host.mode === 'free' && host.transition === null;
    });
    expect(done.slice(3)).toEqual(['drain', 'leave']);
    // Operator and framework are told on connections of their own.
    await until('the framework knows that its lease has ended', () => framework.leases.size === 0);
    expect((await operator.get({ kind: 'host', host: 'node1' })).host).toMatchObject({ clean: true, owner: '' });
    expect((await operator.get({ kind: 'audit' })).violations).toEqual([]);
  });
});
