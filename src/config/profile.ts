/** The profile: a small file in which a started master leaves its addresses, so that the next command needs no flags. */
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { makeFolder } from '../ports/make-folder.js';
import { errorCode, errorText } from './error-text.js';

export interface Profile {
  /** gRPC address, `127.0.0.1:7600`. */
  readonly server: string;
  /** Base address of the HTTP server, `http://127.0.0.1:7680`; empty when there is none. */
  readonly http: string;
  /** Who wrote it: `mosaic demo`, `mosaic master`. */
  readonly writtenBy: string;
  /** Process that wrote it, so that only its writer takes it away again. */
  readonly pid: number;
}

/** A profile holds five short values. */
const PROFILE_LENGTH_MAX = 10_000;

export type ProfileRead =
  | { readonly kind: 'found'; readonly profile: Profile }
  | { readonly kind: 'absent' }
  /** There is a file, but not one that Mosaic wrote; `message` is a sentence. */
  | { readonly kind: 'unusable'; readonly message: string };

/** Reads a profile; never throws. */
export function readProfile(path: string): ProfileRead {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error))) return { kind: 'absent' };
    return { kind: 'unusable', message: `the profile ${path} cannot be read (${errorText(error)})` };
  }
  const profile = text.length > PROFILE_LENGTH_MAX ? null : parse(text);
  if (profile !== null) return { kind: 'found', profile };
  return {
    kind: 'unusable',
    message: `the profile ${path} is not one that Mosaic wrote; remove it or name the master with --server HOST:PORT`,
  };
}

/** Writes a profile so that readers see the old one or the new one, never half of it. Only its owner may read it. */
export function writeProfile(path: string, profile: Profile): void {
  makeFolder(dirname(path), 0o700);
  const beside = `${path}.${profile.pid}.tmp`;
  writeFileSync(beside, `${JSON.stringify(profile, null, 2)}\n`, { mode: 0o600 });
  renameSync(beside, path);
}

/** Removes the profile if `pid` still is its writer. Never throws: a profile left over costs one clear error message. */
export function removeProfile(path: string, pid: number): void {
  const read = readProfile(path);
  if (read.kind === 'found' && read.profile.pid === pid) rmSync(path, { force: true });
}

function parse(text: string): Profile | null {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof data !== 'object' || data === null) return null;
  const { server, http, writtenBy, pid } = data as Readonly<Record<string, unknown>>;
  if (typeof server !== 'string' || server === '') return null;
  return {
    server,
    http: typeof http === 'string' ? http : '',
    writtenBy: typeof writtenBy === 'string' ? writtenBy : '',
    pid: typeof pid === 'number' ? pid : 0,
  };
}
