import { createServer } from 'node:net';

/** Why the port cannot be had, in a sentence; null when it can. 0 (any free port) always can. */
export function portProblem(flag: string, host: string, port: number): Promise<string | null> {
  if (port === 0) return Promise.resolve(null);
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why =
        error.code === 'EADDRINUSE'
          ? 'something listens there already (another demo or master?)'
          : error.code === 'EACCES'
            ? 'this user may not listen there'
            : error.message;
      resolve(
        `${flag} is ${port}, and ${host}:${port} cannot be used: ${why}. Stop it, or choose another port; 0 takes any free one`,
      );
    });
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(null)));
  });
}
