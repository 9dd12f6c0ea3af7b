import { describe, expect, it } from '@jest/globals';
import { loadScenario } from '../../../src/scenario/index.js';
import { guaranteeByShape, setupCommands } from '../../../src/simulation/scenario-setup.js';

function shapesOf(text: string) {
  return loadScenario(text, 'f').fleet.shapes;
}

const TWO = 'fleet: {shapes: [{name: big, count: 4, cpus: 64}, {name: small, count: 8, cpus: 16}]}';

describe('a guarantee of plain hosts', () => {
  it('stays as it is where standard is the only shape', () => {
    expect(guaranteeByShape({ hosts: 15 }, shapesOf(''))).toEqual({ hosts: 15 });
  });

  it('is one of its shape where there is one of another name', () => {
    const shapes = shapesOf('fleet: {shapes: [{name: big}]}');
    expect(guaranteeByShape({ hosts: 15 }, shapes)).toEqual({ 'hosts/big': 15 });
  });

  it('is divided over several shapes in proportion', () => {
    expect(guaranteeByShape({ hosts: 6 }, shapesOf(TWO))).toEqual({ 'hosts/big': 2, 'hosts/small': 4 });
  });

  it('leaves shapes that the role names itself as they are', () => {
    const given = { hosts: 6, 'hosts/big': 1 };
    expect(guaranteeByShape(given, shapesOf(TWO))).toEqual({ 'hosts/big': 1, 'hosts/small': 5 });
    expect(guaranteeByShape({ 'hosts/big': 1 }, shapesOf(TWO))).toEqual({ 'hosts/big': 1 });
  });
});

it('gives a master shapes before roles, and parents before children', () => {
  const kinds = setupCommands(loadScenario(TWO, 'f')).map((command) =>
    command.kind === 'role_set' ? command.role : command.kind,
  );
  expect(kinds).toEqual([
    ...['shape_set', 'shape_set', '/production', '/research'],
    ...['/production/pods', '/production/vms', '/research/hadoop'],
  ]);
});
