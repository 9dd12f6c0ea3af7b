import type { HostState } from './model.js';
import type { Style, Tone } from './text.js';

/** Colours of owners, in the order of the workloads; red and the plain colour are kept for states. */
const OWNER_COLOURS = [6, 3, 5, 2, 4] as const;

/** Names, numbers and lower-case letters of the map. */
export function ownerTone(owner: number): Tone {
  return owner < 0 ? '' : `3${OWNER_COLOURS[owner % OWNER_COLOURS.length] ?? 7}`;
}

/** A serving host: black on the owner's colour. */
export function ownerTileTone(owner: number): Tone {
  return owner < 0 ? '' : `30;4${OWNER_COLOURS[owner % OWNER_COLOURS.length] ?? 7}`;
}

/**
 * One letter for each workload, so that the map says without colour who has a host: the first of its name that is free,
 * else of the alphabet.
 */
export function ownerLetters(frameworkIds: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return frameworkIds.map((id) => {
    const candidates = `${id.toUpperCase().replaceAll(/[^A-Z]/g, '')}ABCDEFGHIJKLMNOPQRSTUVWXYZ`;
    const letter = Array.from(candidates).find((candidate) => !taken.has(candidate)) ?? '*';
    taken.add(letter);
    return letter;
  });
}

const SIGNS: Readonly<Record<Exclude<HostState, 'serving' | 'arriving'>, readonly [unicode: string, ascii: string]>> = {
  leaving: ['▾', '-'],
  cleaning: ['≈', '~'],
  draining: ['▿', '%'],
  drained: ['▫', '_'],
  free: ['·', '.'],
  unclaimed: ['?', '?'],
  quarantined: ['!', '!'],
  lost: ['✕', '#'],
};

/** States as people read them, in the legend of the map and beside numbers. */
export const STATE_WORDS: Readonly<Record<HostState, string>> = {
  serving: 'serving',
  arriving: 'arriving',
  leaving: 'leaving',
  cleaning: 'being cleaned',
  draining: 'draining for maintenance',
  drained: 'out of use',
  free: 'free',
  unclaimed: 'unclaimed',
  quarantined: 'quarantined',
  lost: 'lost',
};

/** Capital: serves its owner; small letter: arriving; a sign: anything else. */
export function stateGlyph(state: HostState, letter: string, style: Style): string {
  if (state === 'serving') return letter;
  if (state === 'arriving') return letter.toLowerCase();
  return SIGNS[state][style.unicode ? 0 : 1];
}

export function stateTone(state: HostState, owner: number): Tone {
  switch (state) {
    case 'serving':
      return ownerTileTone(owner);
    case 'arriving':
    case 'leaving':
    case 'cleaning':
      return ownerTone(owner);
    case 'draining':
      return owner < 0 ? '4' : `${ownerTone(owner)};4`;
    case 'drained':
      return '1';
    case 'free':
    case 'unclaimed':
      return '2';
    case 'quarantined':
      return '33;1';
    case 'lost':
      return '31;1';
  }
}

const SPARKS = ['▁▂▃▄▅▆▇█', '.:-=+*#@'] as const;

/** The last values as one character each, scaled so that `max` is the highest; 0 is the lowest. */
export function sparkline(values: readonly number[], columns: number, style: Style): string {
  const levels = SPARKS[style.unicode ? 0 : 1];
  const shown = values.slice(-Math.max(columns, 0));
  const max = Math.max(...shown, 0);
  return shown
    .map(
      (value) => levels[max === 0 ? 0 : Math.min(Math.floor((value / max) * levels.length), levels.length - 1)] ?? ' ',
    )
    .join('');
}

export interface BarGlyphs {
  /** Wanted and served. */
  readonly served: string;
  /** Wanted, nobody serves it. */
  readonly missing: string;
  /** Served, nobody wants it. */
  readonly spare: string;
}

export function barGlyphs(style: Style): BarGlyphs {
  return style.unicode ? { served: '█', missing: '▒', spare: '─' } : { served: '#', missing: '!', spare: '-' };
}
