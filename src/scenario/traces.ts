import { readFileSync } from 'node:fs';
import { assetFolder } from './assets.js';

/** First day of the pod trace's busy window (days counted from the start of the trace). */
export const PODS_FIRST_DAY = 139;
/** Days in the pod trace's busy window. */
export const PODS_DAYS = 10;
/** Days in the VM trace. */
export const VM_DAYS = 5;

/** One 5-minute interval of the VM trace. */
export interface VmRow {
  /** As written in the trace: `20110303`. */
  readonly day: number;
  /** 0 to 287. */
  readonly interval: number;
  readonly vms: number;
  /** CPU use of all VMs added up; 100 is one core. */
  readonly cpuPercentSum: number;
}

/** Quality-of-service classes of the pod trace; only `BE` (best effort) may wait. */
const POD_QOS = ['LS', 'BE', 'Burstable', 'Guaranteed'] as const;
export type PodQos = (typeof POD_QOS)[number];

/** One pod of the pod trace; times in seconds from the start of the trace. */
export interface PodRow {
  readonly cpuMilli: number;
  readonly memoryMib: number;
  readonly gpus: number;
  readonly qos: PodQos;
  readonly creationSeconds: number;
  readonly deletionSeconds: number;
}

/** One job of the Hadoop trace, or all small jobs of one minute folded together (`jobs` > 1). */
export interface HadoopRow {
  readonly submitSeconds: number;
  readonly jobs: number;
  readonly mapInputMib: number;
  readonly shuffleMib: number;
  readonly outputMib: number;
}

/** The three real traces that ship with Mosaic. */
export interface Traces {
  readonly vms: readonly VmRow[];
  readonly pods: readonly PodRow[];
  readonly hadoop: readonly HadoopRow[];
}

/** A trace that cannot be read or holds a line that means nothing; the message names file and line. */
export class TraceError extends Error {
  readonly file: string;
  /** 1 is the header; 0 is the file as a whole. */
  readonly line: number;

  constructor(file: string, line: number, problem: string) {
    super(line === 0 ? `${file}: ${problem}` : `${file}:${String(line)}: ${problem}`);
    this.name = 'TraceError';
    this.file = file;
    this.line = line;
  }
}

/**
 * Reads the shipped traces from the package, or from `folder`.
 *
 * @throws TraceError when a file is missing or one of its lines is not valid.
 */
export function loadTraces(folder: string = assetFolder('traces')): Traces {
  const read = (file: string): string => {
    try {
      return readFileSync(`${folder}/${file}`, 'utf8');
    } catch (cause) {
      throw new TraceError(
        file,
        0,
        `cannot be read from ${folder}: ${cause instanceof Error ? cause.message : String(cause)}`,
      );
    }
  };
  return {
    vms: parseVms(read('vms-planetlab.csv'), 'vms-planetlab.csv'),
    pods: parsePods(read('pods-openb.csv'), 'pods-openb.csv'),
    hadoop: parseHadoop(read('hadoop-fb2010.csv'), 'hadoop-fb2010.csv'),
  };
}

/** Parses the VM trace; the rows must be whole days, each with intervals 0 to 287 in order. */
export function parseVms(text: string, file: string): readonly VmRow[] {
  const rows = parseCsv(text, file, ['day', 'interval', 'vms', 'cpu_percent_sum'], (line) => {
    const row = {
      day: line.integer(0),
      interval: line.integer(1),
      vms: line.integer(2),
      cpuPercentSum: line.integer(3),
    };
    if (row.interval !== line.index % 288)
      line.fail(`interval is ${String(row.interval)}; accepted is ${String(line.index % 288)}, the next in order`);
    if (row.vms < 1) line.fail('vms is 0; accepted is 1 or more');
    return row;
  });
  if (rows.length % 288 !== 0)
    throw new TraceError(file, 0, `has ${String(rows.length)} intervals; accepted are whole days of 288`);
  return rows;
}

/** Parses the pod trace. */
export function parsePods(text: string, file: string): readonly PodRow[] {
  const columns = ['cpu_milli', 'memory_mib', 'num_gpu', 'qos', 'creation_time', 'deletion_time'];
  return parseCsv(text, file, columns, (line) => {
    const qosText = line.text(3);
    const qos = POD_QOS.find((known) => known === qosText);
    if (qos === undefined) return line.fail(`qos is "${qosText}"; accepted are ${POD_QOS.join(', ')}`);
    const row: PodRow = {
      cpuMilli: line.integer(0),
      memoryMib: line.integer(1),
      gpus: line.integer(2),
      qos,
      creationSeconds: line.integer(4),
      deletionSeconds: line.integer(5),
    };
    if (row.deletionSeconds < row.creationSeconds) {
      line.fail(
        `deletion_time (${String(row.deletionSeconds)}) is before creation_time (${String(row.creationSeconds)})`,
      );
    }
    return row;
  });
}

/** Parses the Hadoop trace. */
export function parseHadoop(text: string, file: string): readonly HadoopRow[] {
  return parseCsv(text, file, ['submit_s', 'jobs', 'map_input_mib', 'shuffle_mib', 'output_mib'], (line) => {
    const row: HadoopRow = {
      submitSeconds: line.integer(0),
      jobs: line.integer(1),
      mapInputMib: line.integer(2),
      shuffleMib: line.integer(3),
      outputMib: line.integer(4),
    };
    if (row.jobs < 1) line.fail('jobs is 0; accepted is 1 or more');
    return row;
  });
}

/** One data line while it is being read; every complaint names file, line and column. */
interface Line {
  /** 0 for the first data line. */
  readonly index: number;
  text(column: number): string;
  integer(column: number): number;
  fail(problem: string): never;
}

function parseCsv<Row>(
  text: string,
  file: string,
  columns: readonly string[],
  readRow: (line: Line) => Row,
): readonly Row[] {
  const lines = text.split('\n');
  const header = lines[0]?.trim() ?? '';
  if (header !== columns.join(','))
    throw new TraceError(file, 1, `the header is "${header}"; accepted is "${columns.join(',')}"`);
  const rows: Row[] = [];
  lines.forEach((raw, lineIndex) => {
    const content = raw.trim();
    if (lineIndex === 0 || content === '') return;
    const cells = content.split(',');
    const fail = (problem: string): never => {
      throw new TraceError(file, lineIndex + 1, problem);
    };
    if (cells.length !== columns.length)
      fail(`has ${String(cells.length)} columns; accepted are ${String(columns.length)} (${columns.join(',')})`);
    const cell = (column: number): string => cells[column] ?? '';
    rows.push(
      readRow({
        index: rows.length,
        text: cell,
        integer: (column) => {
          if (!/^\d{1,15}$/.test(cell(column)))
            fail(`${columns[column] ?? ''} is "${cell(column)}"; accepted is a whole number of 0 or more`);
          return Number(cell(column));
        },
        fail,
      }),
    );
  });
  if (rows.length === 0) throw new TraceError(file, 0, 'has no data lines');
  return rows;
}
