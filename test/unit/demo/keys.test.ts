import { describe, expect, it } from '@jest/globals';
import { press, type DemoHands } from '../../../src/demo/keys.js';
import type { Key } from '../../../src/demo/view/terminal.js';

/** What the keys did, in order. */
function pressed(keys: readonly Key[], phase: DemoHands['phase'] = 'running'): readonly string[] {
  const log: string[] = [];
  let help = false;
  const demo: DemoHands = {
    phase,
    killHost: () => void log.push('kill'),
    reviveHost: () => void log.push('revive'),
    toggleFreeze: () => void log.push('freeze'),
    toggleHelp: () => {
      help = !help;
      log.push('help');
    },
    closeHelp: () => {
      const was = help;
      help = false;
      if (was) log.push('close');
      return was;
    },
  };
  for (const key of keys) press(key, demo, (code) => log.push(`stop ${code}`));
  return log;
}

describe('the keys', () => {
  it('do what the last line of the screen says', () => {
    expect(pressed(['kill', 'revive', 'freeze', 'quit', 'other'])).toEqual(['kill', 'revive', 'freeze', 'stop 0']);
  });

  it('close the help page first, but always quit', () => {
    expect(pressed(['help', 'kill', 'kill'])).toEqual(['help', 'close', 'kill']);
    expect(pressed(['help', 'interrupt'])).toEqual(['help', 'stop 130']);
  });

  it.each(['starting', 'stopping'] as const)('touch no host while the demo is %s', (phase) => {
    expect(pressed(['kill', 'revive', 'freeze', 'help', 'other', 'quit'], phase)).toEqual(['help', 'close', 'stop 0']);
  });
});
