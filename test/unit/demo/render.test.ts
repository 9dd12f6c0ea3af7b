// The view as a terminal shows it. `MOSAIC_GOLDEN=write` draws the pictures again; what it writes is looked at.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import type { DemoModel } from '../../../src/demo/view/model.js';
import { render, type Size } from '../../../src/demo/view/render.js';
import type { Style } from '../../../src/demo/view/text.js';
import { Screen } from '../../support/screen.js';
import { cells, runningModel, startingModel } from './model-samples.js';

const COLOUR: Style = { colour: true, unicode: true };
const PLAIN: Style = { colour: false, unicode: false };
const folder = join(dirname(fileURLToPath(import.meta.url)), 'golden');

async function drawn(model: DemoModel, size: Size, style: Style): Promise<Screen> {
  const screen = new Screen(size.columns, size.rows);
  await screen.write(render(model, size, style).join('\r\n'));
  return screen;
}

describe('the view', () => {
  it.each([
    ['running-80x24', runningModel(), { columns: 80, rows: 24 }, COLOUR],
    ['running-120x40', runningModel(), { columns: 120, rows: 40 }, COLOUR],
    ['running-80x24-ascii', runningModel(), { columns: 80, rows: 24 }, PLAIN],
    ['starting-80x24', startingModel(), { columns: 80, rows: 24 }, COLOUR],
    [
      'frozen-100x30',
      runningModel({ frozen: true, moves: [], needs: [], restarts: [], notice: 'frozen: no new steps until thawed' }),
      { columns: 100, rows: 30 },
      COLOUR,
    ],
    ['help-80x24', runningModel({ help: true }), { columns: 80, rows: 24 }, COLOUR],
    ['hosts-400-120x40', runningModel({ hosts: 400, cells: cells(400, 10) }), { columns: 120, rows: 40 }, COLOUR],
  ] as const)('draws %s', async (name, model, size, style) => {
    const screen = await drawn(model, size, style);
    const picture = `${screen.lines.join('\n')}\n`;
    const file = join(folder, `${name}.txt`);
    if (process.env['MOSAIC_GOLDEN'] === 'write') writeFileSync(file, picture);
    expect(picture).toBe(readFileSync(file, 'utf8'));
    expect(screen.wrappedRows).toBe(0);
  });

  it('fills any screen exactly and never wraps', () => {
    const models = [runningModel(), startingModel(), runningModel({ help: true, notice: 'x'.repeat(300) })];
    for (const model of models)
      for (const columns of [10, 40, 60, 79, 80, 99, 100, 200])
        for (const rows of [1, 5, 10, 24, 60]) {
          const lines = render(model, { columns, rows }, { colour: false, unicode: true });
          expect(lines).toHaveLength(rows);
          expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns);
        }
  });

  it('says what takes its time at the end, and offers no commands to a master that is gone', () => {
    const phaseText = 'computing the greedy rule for comparison: 12:40 of 36.9 h';
    const text = render(runningModel({ phase: 'stopping', phaseText }), { columns: 80, rows: 24 }, PLAIN).join('\n');
    expect(text).toContain(phaseText);
    expect(text).toContain('Ctrl-C again');
    expect(text).not.toContain('quota set');
  });

  it('keeps title, addresses and keys when lines are short', () => {
    const lines = render(runningModel(), { columns: 80, rows: 6 }, PLAIN);
    expect(lines[0]).toContain('mosaic demo');
    expect(lines.join('\n')).toContain('127.0.0.1:7600');
    expect(lines.at(-1)).toContain('q quit');
  });

  it('draws hosts that maintenance takes out of use with signs of their own, which the legend explains', () => {
    const drained = cells(60, 6, { 0: ['draining', 0], 1: ['drained', -1] });
    const unheld = [{ state: 'drained' as const, hosts: 1 }];
    const model = runningModel({ cells: drained, unheld });
    const ascii = render(model, { columns: 160, rows: 40 }, PLAIN).join('\n');
    expect(ascii).toContain('rack-01 %_');
    expect(ascii).toContain('% draining for maintenance');
    expect(ascii).toContain('_ out of use');
    expect(ascii).toMatch(/nobody .*1 out of use/);
    const colour = render(model, { columns: 160, rows: 40 }, COLOUR).join('\n');
    expect(colour).toContain('\u001b[36;4m▿\u001b[0m');
    expect(colour).toContain('\u001b[1m▫\u001b[0m');
    expect(render(runningModel(), { columns: 160, rows: 40 }, PLAIN).join('\n')).not.toContain('out of use');
  });

  it('says owner and state without colour', () => {
    const text = render(runningModel(), { columns: 80, rows: 24 }, PLAIN).join('\n');
    expect(text).not.toContain('\u001b');
    expect(text).toContain('rack-01 OKHO-HOKHO');
    expect(text).toContain('rack-03 HOK#OKHOKH');
  });

  it('paints a serving host in the colour of its owner', async () => {
    const screen = await drawn(runningModel(), { columns: 80, rows: 24 }, COLOUR);
    const row = screen.lines.findIndex((line) => line.startsWith('rack-01'));
    expect(screen.colours(8, row)).toEqual({ fg: 0, bg: 6 });
    expect(screen.colours(9, row)).toEqual({ fg: 0, bg: 3 });
  });

  it('lets nothing from outside reach the terminal as a control code', () => {
    const evil = 'a\u001b[2Jb\u0007\u202ec\nd';
    const model = runningModel({
      needs: [{ message: evil, remedy: evil }],
      decisions: [{ atMs: 0, kind: 'note', text: evil }],
      notice: evil,
    });
    const text = render(model, { columns: 200, rows: 40 }, { colour: false, unicode: true }).join('\n');
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f\u202e]/);
    expect(text).toContain('a?[2Jb??c d');
  });

  it('folds fleets that are too big for a glyph each', () => {
    const model = runningModel({ hosts: 5_000, cells: cells(5_000, 50) });
    const text = render(model, { columns: 120, rows: 40 }, COLOUR).join('\n');
    expect(text).not.toContain('rack-');
    expect(text).toContain('who has what');
  });
});
