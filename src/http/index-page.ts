import type { FastifyInstance } from 'fastify';
import { QUERY_PREFIX, QUERY_ROUTES } from './queries.js';
import type { HttpPort } from './port.js';

const OTHERS: readonly (readonly [path: string, summary: string])[] = [
  ['/healthz', 'the process answers'],
  ['/readyz', 'it leads, and its store takes commits'],
  ['/metrics', 'metrics in the text format of Prometheus'],
  ['/events', 'decisions as server-sent events; about=move,plan and subject=node17 filter, Last-Event-ID resumes'],
];

/** `/`: a plain page that lists every address there is. */
export function indexRoute(app: FastifyInstance, port: HttpPort): void {
  app.get('/', async (_request, reply) =>
    reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
      .send(page(port)),
  );
}

function page(port: HttpPort): string {
  const queries = QUERY_ROUTES.map(({ path, summary, parameters }) => row(QUERY_PREFIX + path, parameters, summary));
  const others = OTHERS.map(([path, summary]) => row(path, [], summary));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Mosaic</title>
<style>
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .25rem .75rem .25rem 0; vertical-align: top; }
code { font-family: ui-monospace, monospace; }
</style>
</head>
<body>
<h1>Mosaic ${escaped(port.version)}</h1>
<p>This master ${port.leading ? 'leads' : 'does not lead right now'}. The same answers come from the command line:
<code>mosaic</code>, <code>mosaic why THING</code>, <code>mosaic --help</code>.</p>
<table>
<caption>Addresses</caption>
<thead><tr><th scope="col">address</th><th scope="col">what it answers</th></tr></thead>
<tbody>
${[...others, ...queries].join('\n')}
</tbody>
</table>
</body>
</html>
`;
}

function row(path: string, parameters: readonly string[], summary: string): string {
  const shown = `<code>${escaped(path)}</code>`;
  // An address with a name in it leads nowhere as it stands.
  const link = path.includes(':') ? shown : `<a href="${escaped(path)}">${shown}</a>`;
  return `<tr><td>${link}${parameters.length === 0 ? '' : ` <small>?${escaped(parameters.join(', '))}</small>`}</td><td>${escaped(summary)}</td></tr>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
