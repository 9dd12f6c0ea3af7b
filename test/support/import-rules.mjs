// `npm run imports`: the rules of .dependency-cruiser.cjs over every source folder that exists.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { packageBin, root } from '../../src/bootstrap/tools.mjs';

const folders = ['scheduler', 'frameworks', 'src', 'test'].filter((folder) => existsSync(join(root, folder)));
const [node, args] = packageBin('dependency-cruiser', 'depcruise');
const result = spawnSync(node, [...args, '--config', '.dependency-cruiser.cjs', ...folders], {
  cwd: root,
  stdio: 'inherit',
});
process.exit(result.status ?? 1);
