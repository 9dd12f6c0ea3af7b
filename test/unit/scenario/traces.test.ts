import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import {
  loadTraces,
  parseHadoop,
  parsePods,
  parseVms,
  PODS_DAYS,
  PODS_FIRST_DAY,
  VM_DAYS,
} from '../../../src/scenario/traces.js';

describe('the shipped traces', () => {
  const traces = loadTraces();

  it('hold five whole days of VMs', () => {
    expect(traces.vms).toHaveLength(VM_DAYS * 288);
    expect(traces.vms[0]).toEqual({ day: 20110303, interval: 0, vms: 1052, cpuPercentSum: 12408 });
  });

  it('hold the pods that live in the busy window, and only those', () => {
    expect(traces.pods).toHaveLength(2991);
    const from = PODS_FIRST_DAY * 86_400;
    const to = from + PODS_DAYS * 86_400;
    expect(traces.pods.every((pod) => pod.creationSeconds < to && pod.deletionSeconds > from)).toBe(true);
  });

  it('hold every Hadoop job of the original', () => {
    expect(traces.hadoop.reduce((sum, row) => sum + row.jobs, 0)).toBe(24_442);
  });

  it('folded only jobs that are one map task each', () => {
    const folded = traces.hadoop.filter((row) => row.jobs > 1);
    expect(folded.length).toBeGreaterThan(1_000);
    expect(folded.every((row) => row.mapInputMib <= row.jobs * 128)).toBe(true);
  });
});

describe('a broken trace', () => {
  it('names file and line of a column that is not a number', () => {
    const text = 'submit_s,jobs,map_input_mib,shuffle_mib,output_mib\n1,1,2,3,4\n9,1,x,0,0\n';
    expect(() => parseHadoop(text, 'h.csv')).toThrow(
      'h.csv:3: map_input_mib is "x"; accepted is a whole number of 0 or more',
    );
  });

  it('refuses a wrong header, a wrong number of columns, and a file without data', () => {
    expect(() => parseHadoop('a,b\n1,2\n', 'h.csv')).toThrow(
      'h.csv:1: the header is "a,b"; accepted is "submit_s,jobs',
    );
    expect(() => parsePods('cpu_milli,memory_mib,num_gpu,qos,creation_time,deletion_time\n1,2\n', 'p.csv')).toThrow(
      'p.csv:2: has 2 columns; accepted are 6',
    );
    expect(() => parseVms('day,interval,vms,cpu_percent_sum\n', 'v.csv')).toThrow('v.csv: has no data lines');
  });

  it('refuses a negative number, NaN and a job count of zero', () => {
    const line = (cells: string): string => `submit_s,jobs,map_input_mib,shuffle_mib,output_mib\n${cells}\n`;
    expect(() => parseHadoop(line('-1,1,0,0,0'), 'h.csv')).toThrow('submit_s is "-1"');
    expect(() => parseHadoop(line('NaN,1,0,0,0'), 'h.csv')).toThrow('submit_s is "NaN"');
    expect(() => parseHadoop(line('1,0,0,0,0'), 'h.csv')).toThrow('jobs is 0; accepted is 1 or more');
  });

  it('refuses an unknown quality of service and a pod that ends before it begins', () => {
    const line = (cells: string): string => `cpu_milli,memory_mib,num_gpu,qos,creation_time,deletion_time\n${cells}\n`;
    expect(() => parsePods(line('1,1,0,XX,1,2'), 'p.csv')).toThrow(
      'qos is "XX"; accepted are LS, BE, Burstable, Guaranteed',
    );
    expect(() => parsePods(line('1,1,0,LS,5,2'), 'p.csv')).toThrow('deletion_time (2) is before creation_time (5)');
  });

  it('refuses VM intervals out of order and days that are not whole', () => {
    const header = 'day,interval,vms,cpu_percent_sum\n';
    expect(() => parseVms(`${header}1,0,5,5\n1,2,5,5\n`, 'v.csv')).toThrow('v.csv:3: interval is 2; accepted is 1');
    expect(() => parseVms(`${header}1,0,5,5\n`, 'v.csv')).toThrow(
      'v.csv: has 1 intervals; accepted are whole days of 288',
    );
  });

  it('says which file is missing', () => {
    const folder = mkdtempSync(join(tmpdir(), 'mosaic-traces-'));
    try {
      expect(() => loadTraces(folder)).toThrow(/^vms-planetlab\.csv: cannot be read from/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
