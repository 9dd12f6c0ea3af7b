import { parseArgs } from 'node:util';

export interface ClusterFlags {
  /** One run for each. */
  readonly hosts: readonly number[];
  readonly frameworks: number;
  /** Length of the measured window. */
  readonly seconds: number;
  /** Between the full cluster and the window. */
  readonly warmupSeconds: number;
  /** Mean run time of a task; the deviation is a third of it. */
  readonly taskSeconds: number;
  readonly json: boolean;
  /** Folder for CPU profiles of the master over the window and the failover; empty = none. */
  readonly profile: string;
}

export const USAGE = `Usage: npm run bench:cluster -- [flags]

  --hosts N[,N...]   emulated hosts, 1 to 50000; one run for each number      [1000]
  --frameworks M     frameworks, 1 to 1000                                    [200]
  --seconds S        length of the measured window, 1 to 3600                 [30]
  --warmup S         seconds between the full cluster and the window, 0-600   [10]
  --task-seconds S   mean run time of a task, 2 to 600                        [30]
  --json             one JSON object a line instead of a table
  --profile FOLDER   writes CPU profiles of the master over the window and the failover there
`;

/** What was typed cannot be used; the message is a sentence that says what is accepted. */
export class FlagError extends Error {}

/** @throws FlagError */
export function parseFlags(args: readonly string[]): ClusterFlags | 'help' {
  const { values } = parse(args);
  if (values.help === true) return 'help';
  const hosts = (values.hosts ?? '1000').split(',').map((one) => whole('--hosts', one, 1, 50_000));
  return {
    hosts,
    frameworks: whole('--frameworks', values.frameworks ?? '200', 1, 1_000),
    seconds: whole('--seconds', values.seconds ?? '30', 1, 3_600),
    warmupSeconds: whole('--warmup', values.warmup ?? '10', 0, 600),
    taskSeconds: whole('--task-seconds', values['task-seconds'] ?? '30', 2, 600),
    json: values.json === true,
    profile: values.profile ?? '',
  };
}

const TEXT = { type: 'string' } as const;
const SWITCH = { type: 'boolean' } as const;

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: false,
      options: {
        hosts: TEXT,
        frameworks: TEXT,
        seconds: TEXT,
        warmup: TEXT,
        'task-seconds': TEXT,
        profile: TEXT,
        json: SWITCH,
        help: { ...SWITCH, short: 'h' },
      },
    });
  } catch (error) {
    throw new FlagError(error instanceof Error ? error.message : String(error));
  }
}

function whole(flag: string, text: string, least: number, most: number): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
  if (value >= least && value <= most) return value;
  throw new FlagError(`${flag} is ${JSON.stringify(text)}; accepted is a whole number from ${least} to ${most}`);
}
