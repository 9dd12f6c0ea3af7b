// Sets of hosts: how they are written, and what a command does with several hosts.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { OperatorCommand, OperatorReply, Query, QueryResult } from '../../../src/cli/operator-access.js';
import { isSet, parseHostSet, wordsOf } from '../../../src/cli/parse/host-set.js';
import { FakeMaster, run } from './support.js';
import * as views from './views.js';

function namesOf(text: string): readonly string[] {
  return parseHostSet(text).map((token) => (token.kind === 'name' ? token.name : token.kind));
}

describe('a set of hosts', () => {
  it.each<[string, readonly string[]]>([
    ['node17', ['node17']],
    ['node[08-11]', ['node08', 'node09', 'node10', 'node11']],
    ['node[1,3,7-9]', ['node1', 'node3', 'node7', 'node8', 'node9']],
    ['r[1-2]n[01-02]', ['r1n01', 'r1n02', 'r2n01', 'r2n02']],
    ['a,node[1-2].x,b', ['a', 'node1.x', 'node2.x', 'b']],
    ['node[7]', ['node7']],
    ['-', ['input']],
    ['@hosts.txt', ['file']],
    ['node0*', ['filter']],
  ])('%s is written out', (text, names) => {
    expect(namesOf(text)).toEqual(names);
  });

  it('may be those that match a filter', () => {
    expect(parseHostSet('owner=ovirt/prod,state=free')).toEqual([
      {
        kind: 'filter',
        filter: { owner: 'ovirt/prod', state: 'free', rack: '', name: '' },
        text: 'owner=ovirt/prod,state=free',
      },
    ]);
    expect(parseHostSet('node?')).toMatchObject([{ filter: { name: 'node?' } }]);
  });

  it.each<[string, string | RegExp]>([
    ['node[', /bracket without its other half/],
    ['node1]', /bracket without its other half/],
    ['node[]', /has \[\]; accepted are numbers and ranges/],
    ['node[a-c]', /has \[a-c\]; accepted are numbers/],
    ['node[9-1]', /ends before it begins/],
    ['node[1-1001]', 'stands for 1001 hosts; accepted are at most 1000 in one command'],
    ['a[1-100]b[1-100]', 'stands for 10000 hosts; accepted are at most 1000 in one command'],
    ['a,,b', /empty name between its commas/],
    ['rck=r7', /what hosts are chosen by is "rck"; accepted are owner, state, rack, name/],
    ['rack=', /rack= has no value/],
    ['rack=a,rack=b', /names rack twice/],
    ['@', /@FILE/],
  ])('%s is refused in words', (text, message) => {
    expect(() => parseHostSet(text)).toThrow(message);
  });

  it('is told from a name', () => {
    expect(['node17', 'h-1-2', 'node.example.org'].filter(isSet)).toEqual([]);
    expect(['-', '@f', 'a,b', 'a[1]', 'rack=r', 'n*'].filter((one) => !isSet(one))).toEqual([]);
  });

  it('in a file stands in words, with remarks', () => {
    expect(wordsOf('# old rack\nnode1 node2\n\n  node[3-4] # two\r\n')).toEqual(['node1', 'node2', 'node[3-4]']);
  });
});

describe('a command for several hosts', () => {
  let folder: string;
  let master: FakeMaster;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'mosaic-hosts-'));
    master = new FakeMaster({
      hosts: (query) => matching(query),
      host: ({ host }) =>
        host === 'ghost'
          ? { kind: 'not_found', message: 'there is no host "ghost"' }
          : { kind: 'host', host: views.host({ hostId: `h-${host}`, name: host }) },
    });
    master.command = async (command: OperatorCommand): Promise<OperatorReply> => {
      master.commands.push(command);
      const host = 'host' in command ? command.host : '';
      if (host === 'ghost') return { ok: false, code: 'NOT_FOUND', message: 'there is no host "ghost"' };
      if (host === 'held') return { ok: false, code: 'FAILED_PRECONDITION', message: 'held is held' };
      if (host === 'done') return { ok: true, changes: [], remarks: ['done is so already'], ids: [] };
      return { ok: true, changes: [`${host} is cordoned`], ids: [`h-${host}`] };
    };
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  function matching({ rack, state }: Extract<Query, { kind: 'hosts' }>): QueryResult {
    const names = rack === 'r7' ? ['node7', 'node8'] : rack === 'big' ? ['node1'] : [];
    const hosts = names.map((name) => views.host({ hostId: `h-${name}`, name }));
    if (state === 'odd') return { kind: 'invalid', message: 'state is "odd"' };
    return { kind: 'hosts', hosts, total: rack === 'big' ? 1_001 : hosts.length, nextPageToken: '' };
  }

  const cordon = (...words: readonly string[]) => ['host', 'cordon', ...words, '--reason', 'switch'];
  const asked = () => master.commands.map((command) => ('host' in command ? command.host : ''));

  it('asks for each once, in order, and counts', async () => {
    writeFileSync(join(folder, 'hosts.txt'), 'node1\nnode[4-5]\n');
    const words = cordon('node[1-3]', '@hosts.txt', 'rack=r7', '-');
    const { code, out, err } = await run(words, { master, folder, input: 'node9\n' });
    expect(asked()).toEqual(['node1', 'node2', 'node3', 'node4', 'node5', 'node7', 'node8', 'node9']);
    expect(code).toBe(0);
    expect(out.split('\n')[0]).toBe('node1 is cordoned');
    expect(err).toBe('8 hosts: 8 changed\n');
  });

  it('goes on after a refusal, and ends with the worst exit code', async () => {
    const { code, out, err } = await run(cordon('node1', 'held', 'ghost', 'done'), { master });
    expect(asked()).toEqual(['node1', 'held', 'ghost', 'done']);
    expect(code).toBe(4);
    expect(out).toBe('node1 is cordoned\nnothing changes: done is so already\n');
    expect(err).toBe(
      'mosaic: held: held is held\nmosaic: ghost: there is no host "ghost"\n4 hosts: 1 changed, 1 as before, 2 refused\n',
    );
    expect((await run(cordon('node1', 'ghost'), { master })).code).toBe(3);
    expect((await run([...cordon('node1', 'done'), '--dry-run'], { master })).code).toBe(10);
    expect((await run([...cordon('node1', 'held'), '--dry-run'], { master })).code).toBe(4);
  });

  it('has every format', async () => {
    const json = await run([...cordon('node1', 'held'), '-o', 'json'], { master });
    expect(JSON.parse(json.out)).toEqual({
      hosts: [
        { host: 'node1', changes: ['node1 is cordoned'], remarks: [], ids: ['h-node1'], error: '', exitCode: 0 },
        { host: 'held', changes: [], remarks: [], ids: [], error: 'held is held', exitCode: 4 },
      ],
    });
    const lines = await run([...cordon('node1', 'held'), '-o', 'jsonl'], { master });
    expect(
      lines.out
        .trimEnd()
        .split('\n')
        .map((line) => (JSON.parse(line) as { host: string }).host),
    ).toEqual(['node1', 'held']);
    expect((await run([...cordon('node[1-2]'), '-q'], { master })).out).toBe('h-node1\nh-node2\n');
    expect((await run([...cordon('node[1-2]'), '-o', 'yaml'], { master })).out).toMatch(/^hosts:\n {2}- host: node1\n/);
  });

  it.each<[readonly string[], number, RegExp]>([
    [['rack=r9'], 3, /no host matches rack=r9/],
    [['rack=big'], 2, /rack=big stands for 1001 hosts; accepted are at most 1000/],
    [['state=odd'], 2, /state is "odd"/],
    [['@nowhere'], 2, /the file of hosts nowhere cannot be read/],
    [['-'], 2, /standard input names no host/],
    [['node[x]'], 2, /accepted are numbers and ranges/],
  ])('of %p asks for nothing', async (words, exit, said) => {
    const { code, err } = await run(cordon(...words), { master, folder });
    expect(code).toBe(exit);
    expect(err).toMatch(said);
    expect(master.commands).toEqual([]);
  });

  it('stops when it is told to', async () => {
    const stopping = new AbortController();
    const { command } = master;
    master.command = async (asking) => {
      stopping.abort();
      return command(asking);
    };
    const { code, err } = await run(cordon('node[1-3]'), { master, interrupted: stopping.signal });
    expect(asked()).toEqual(['node1']);
    expect(err).toBe('3 hosts: 1 changed, 2 not tried\n');
    expect(code).toBe(130);
  });

  it('of one host is answered as ever', async () => {
    expect(await run(cordon('held'), { master })).toMatchObject({ code: 4, out: '', err: 'mosaic: held is held\n' });
  });

  it('lists the hosts that were named', async () => {
    expect((await run(['host', 'list', 'node2', 'rack=r7', '-o', 'name'], { master })).out).toBe(
      'node2\nnode7\nnode8\n',
    );
    expect((await run(['host', 'node[2-3]', '-o', 'name'], { master })).out).toBe('node2\nnode3\n');
    expect(await run(['host', 'list', 'node2', 'ghost'], { master })).toMatchObject({ code: 3 });
    expect(await run(['host', 'list', 'node2', '--rack', 'r7'], { master })).toMatchObject({
      code: 2,
      err: expect.stringContaining('--rack filters all hosts, but node2 names some'),
    });
    expect(await run(['host', 'list', '-', '-w'], { master })).toMatchObject({ code: 2 });
  });
});
