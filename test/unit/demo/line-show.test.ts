import { describe, expect, it } from '@jest/globals';
import { LineShow } from '../../../src/demo/show.js';
import type { DemoModel } from '../../../src/demo/view/model.js';
import { runningModel, startingModel } from './model-samples.js';

describe('without a terminal', () => {
  it('the demo says what it started, where it listens, and how things stand', () => {
    const lines: string[] = [];
    let model: DemoModel = startingModel();
    const show = new LineShow((line) => lines.push(line));
    show.start(() => model);
    show.refresh();
    show.refresh();
    model = runningModel({ restarts: [] });
    show.refresh();
    model = runningModel({ restarts: [{ child: 'master', count: 1 }] });
    show.refresh();
    model = runningModel({ phase: 'stopping', phaseText: 'stopping the processes', restarts: [] });
    show.refresh();
    show.refresh();
    show.stop();
    const status =
      '06:24  ovirt/prod 20 (19 serving) of 19 wanted, kubernetes/east 19 (18 serving) of 21 wanted, hadoop/night 18 ' +
      '(17 serving) of 30 wanted; 1 free; 3 moves in progress, 23 done; needs you: node47 is quarantined: two machines ' +
      'have its uuid';
    expect(lines).toEqual([
      'mosaic demo: 60 hosts, 24 h at 720 times life, seed 7',
      'starting the master, 60 agents and 3 frameworks',
      'gRPC 127.0.0.1:7600, HTTP http://127.0.0.1:7680; try npx mosaic | npx mosaic why hadoop/night | ' +
        'npx mosaic quota set /research/hadoop --weight 8',
      status,
      'restarted: master 1x',
      status,
      'stopping the processes',
    ]);
  });

  it('nothing on the lines is a control code', () => {
    const lines: string[] = [];
    const show = new LineShow((line) => lines.push(line));
    const needs = [{ message: 'a\u001b[2J\nb', remedy: '' }];
    show.start(() => runningModel({ needs }));
    show.refresh();
    show.stop();
    expect(lines.join('')).not.toMatch(/[\u0000-\u001f]/);
  });
});
