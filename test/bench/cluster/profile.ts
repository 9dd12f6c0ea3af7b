import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { WebSocket } from 'undici';

/**
 * Records a CPU profile of a Node process over its debugger's socket until `ended`, and writes it to
 * `folder/<name>.cpuprofile`, to be opened in the developer tools of a browser.
 */
export async function recordProfile(url: string, folder: string, name: string, ended: Promise<unknown>): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const socket = new WebSocket(url);
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => {
      resolve();
    });
    socket.addEventListener('error', () => {
      reject(new Error(`no debugger answers at ${url}`));
    });
  });
  let nextId = 0;
  const ask = (method: string, params: object = {}): Promise<{ readonly profile?: unknown }> => {
    nextId += 1;
    const id = nextId;
    return new Promise((resolve) => {
      const onMessage = ({ data }: { readonly data: unknown }): void => {
        const answer = JSON.parse(String(data)) as { readonly id?: number; readonly result?: { profile?: unknown } };
        if (answer.id !== id) return;
        socket.removeEventListener('message', onMessage);
        resolve(answer.result ?? {});
      };
      socket.addEventListener('message', onMessage);
      socket.send(JSON.stringify({ id, method, params }));
    });
  };
  await ask('Profiler.enable');
  await ask('Profiler.setSamplingInterval', { interval: 500 });
  await ask('Profiler.start');
  await ended;
  const { profile } = await ask('Profiler.stop');
  writeFileSync(join(folder, `${name}.cpuprofile`), JSON.stringify(profile));
  socket.close();
}
