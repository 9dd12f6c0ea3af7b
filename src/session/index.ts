export type { Frame, MasterFrame, PeerFrame } from './frames.js';
export {
  PeerSession,
  RECONNECT_SOON_MS,
  hashSecret,
  type PeerSessionHandlers,
  type PeerSessionOptions,
} from './peer-session.js';
export { DEFAULT_SESSION_OPTIONS, SessionServer, type SessionServerOptions } from './session-server.js';
