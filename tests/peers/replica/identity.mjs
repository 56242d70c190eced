// An identity that is kept in the folder of the replica, and so goes wherever a copy of it goes.
import fs from 'node:fs';
import path from 'node:path';

export function kept(folder, make) {
  const file = path.join(folder, 'identity');
  if (!fs.existsSync(file)) fs.writeFileSync(file, make());
  return fs.readFileSync(file, 'utf8');
}
