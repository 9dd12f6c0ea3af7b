import type { FastifyInstance } from 'fastify';
import type { HttpPort } from './port.js';

/** `/healthz`: the process answers. `/readyz`: it leads and its store takes commits. `/metrics`: Prometheus. */
export function healthRoutes(app: FastifyInstance, port: HttpPort): void {
  app.get('/healthz', (_request, reply) => reply.send({ status: 'ok', version: port.version }));

  app.get('/readyz', async (_request, reply) => {
    if (!port.leading)
      return reply
        .code(503)
        .send({ status: 'not ready', reason: 'this master does not lead: it starts, stops, or loads its state again' });
    // Reads wait for the commits before them, so an answer proves that the store takes them.
    const answer = await port.query({ kind: 'freezes' });
    if (answer.kind !== 'freezes')
      return reply.code(503).send({ status: 'not ready', reason: 'the store does not take commits' });
    return { status: 'ready' };
  });

  app.get('/metrics', async (_request, reply) => {
    const { contentType, body } = await port.metrics();
    return reply.type(contentType).send(body);
  });
}
