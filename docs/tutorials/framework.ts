// A batch framework: runs each command of its command line as a task on shared hosts, and starts again what has failed.
//   npx tsx framework.ts HOST:PORT 'gzip a.log' 'gzip b.log'
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { SystemRandom, connectFramework, newTask, wantSlices, type FrameworkClient, type Offer } from 'mosaic/client';

const ROLE = '/batch';
const SIZE = { quantities: { cpusMilli: 500, memoryBytes: 256 * 1024 * 1024 }, ports: [] };
const SIMULATED = { 'simulated-run-ms': '300' }; // How long a simulated machine pretends to work.

const [address = '127.0.0.1:7600', ...commands] = process.argv.slice(2);
const waiting = commands.map((command, at) => ({ name: `job${at + 1}`, command, tries: 0 }));
const running = new Map<string, (typeof waiting)[number]>();
const run = new SystemRandom().hex128().slice(0, 8); // Task ids are unique for ever, over all runs of this program.
const say = (line: string): boolean => process.stdout.write(`${line}\n`);

/** Proves that the session is ours, also after a restart: whoever loses it is locked out. */
function secret(file: string): string {
  if (!existsSync(file)) writeFileSync(file, new SystemRandom().hex128(), { mode: 0o600 });
  return readFileSync(file, 'utf8');
}

/** Slices that are not launched yet. The client says it again to a master that has started anew. */
function stateDemand(framework: FrameworkClient): void {
  const wanted = wantSlices('jobs', waiting.length, SIZE, { evidence: `${waiting.length} jobs wait` });
  framework.demand(ROLE, waiting.length === 0 ? [] : [wanted]);
}

async function launch(framework: FrameworkClient, offer: Offer, job: (typeof waiting)[number]): Promise<void> {
  const taskId = `${run}-${job.name}-${++job.tries}`;
  running.set(taskId, job);
  const task = newTask(taskId, SIZE, { image: 'fedora', command: ['sh', '-c', job.command], labels: SIMULATED });
  const outcome = await framework.launch([offer.offerId], [task]);
  if (outcome.ok || !running.delete(taskId)) return;
  waiting.push(job); // Offers may expire on their way: another one will come.
  stateDemand(framework);
}

connectFramework(
  { address, workload: 'batch', name: 'tutorial', roles: [ROLE], secret: secret('tutorial.secret') },
  {
    connected: (_event, framework) => stateDemand(framework),
    refused: ({ message }) => say(`refused: ${message}`),
    offers: ({ offers }, framework) => {
      for (const offer of offers) {
        const job = waiting.shift();
        if (job === undefined) framework.decline([offer.offerId]);
        else void launch(framework, offer, job);
      }
    },
    task_status: ({ status: { taskId, state, message } }, framework) => {
      const job = running.get(taskId);
      if (job === undefined || !['finished', 'failed', 'killed', 'lost'].includes(state)) return;
      running.delete(taskId);
      say(`${job.name} ${state}: ${message}`);
      if (state !== 'finished' && job.tries < 3) waiting.push(job);
      stateDemand(framework);
      if (running.size + waiting.length === 0) void framework.teardown().then(() => framework.close());
    },
  },
);
