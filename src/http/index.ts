export { buildHttpServer, ListenError, startHttpServer, type HttpServer, type HttpServerOptions } from './server.js';
export type { HttpPort } from './port.js';
