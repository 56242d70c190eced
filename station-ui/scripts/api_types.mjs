// Makes src/api/generated/ from docs/openapi.yaml: the types of every operation, and where each lives.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';

const contract = new URL('../../docs/openapi.yaml', import.meta.url);
const folder = fileURLToPath(new URL('../src/api/generated/', import.meta.url));

// Operations of the browser, read from the `paths` that openapi-typescript wrote.
function routes(schema) {
  const found = [];
  let path = '';
  for (const line of schema.split('\n')) {
    path = /^ {4}"(\/[^"]*)": \{$/.exec(line)?.[1] ?? path;
    const operation = /^ {8}(\w+): operations\["(\w+)"\];$/.exec(line);
    if (operation) found.push([operation[2], operation[1].toUpperCase(), path]);
  }
  return found.filter(([, , at]) => at.startsWith('/api/') && !at.startsWith('/api/v1/admin/'));
}

// Writes only what has changed, so that a build does not find new work each time.
function write(name, text) {
  const path = folder + name;
  try {
    if (readFileSync(path, 'utf8') === text) return;
  } catch { /* the first time */ }
  writeFileSync(path, text);
}

mkdirSync(folder, { recursive: true });
const schema = astToString(await openapiTS(contract));
const rows = routes(schema).map(([operation, method, path]) => `  ${operation}: ['${method}', '${path}'],`);
write('schema.ts', schema);
write('routes.ts', `export const ROUTES = {\n${rows.join('\n')}\n} as const;\n`);
