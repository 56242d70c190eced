// Automerge Repo with its file storage and its websocket network: the relay is a sync server, as
// automerge-repo-sync-server is; a change is saved once `flush` has ended.
import fs from 'node:fs';
import path from 'node:path';
import WebSocket, { WebSocketServer } from 'ws';
import * as A from '@automerge/automerge';
import { Repo } from '@automerge/automerge-repo';
import { NodeFSStorageAdapter } from '@automerge/automerge-repo-storage-nodefs';
import { NodeWSServerAdapter, WebSocketClientAdapter } from '@automerge/automerge-repo-network-websocket';
import { kept } from './identity.mjs';

globalThis.WebSocket ??= WebSocket;

export async function open({ folder, listen, parent, town, keepId }) {
  fs.mkdirSync(folder, { recursive: true });
  const repo = new Repo({ storage: new NodeFSStorageAdapter(path.join(folder, 'repo')), network: [await network(listen, parent)],
    ...(listen ? { peerId: 'relay' } : {}) });
  const handle = await theTown(repo, folder, town);
  await handle.whenReady();
  if (keepId) keepActor(handle, folder);
  return operations(repo, handle);
}

async function network(listen, parent) {
  if (!listen) return new WebSocketClientAdapter(`ws://127.0.0.1:${parent}`);
  const server = new WebSocketServer({ port: listen, host: '127.0.0.1' });
  await new Promise((done) => server.on('listening', done));
  return new NodeWSServerAdapter(server);
}

// The relay makes the document once; the others are given its address.
async function theTown(repo, folder, town) {
  if (town) return repo.find(town);
  const file = path.join(folder, 'town');
  if (fs.existsSync(file)) return repo.find(fs.readFileSync(file, 'utf8'));
  const handle = repo.create({ records: {} });
  await repo.flush();
  fs.writeFileSync(file, handle.url);
  return handle;
}

function keepActor(handle, folder) {
  const actor = kept(folder, () => A.getActorId(handle.doc()));
  handle.update((doc) => A.clone(doc, actor));
}

function operations(repo, handle) {
  const write = async (act) => {
    handle.change(act);
    await repo.flush([handle.documentId]);
  };
  const text = (fields) => Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, new A.ImmutableString(value)]));
  return {
    ready: { town: handle.url },
    create: (record, fields) => write((doc) => { doc.records[record] = text(fields); }),
    change: (record, fields) => write((doc) => { Object.assign(doc.records[record], text(fields)); }),
    remove: (record) => write((doc) => { delete doc.records[record]; }),
    read: () => Object.fromEntries(Object.entries(handle.doc().records).map(([record, fields]) => [record, seen(fields)])),
    history: (values) => {
      const all = JSON.stringify(A.getAllChanges(handle.doc()).map((change) => A.decodeChange(change).ops));
      return values.filter((value) => all.includes(JSON.stringify(value)));
    },
    compact: () => null,
    close: () => repo.shutdown(),
  };
}

const plain = (fields) => Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, String(value)]));

// What lost a tie is offered by getConflicts.
function seen(fields) {
  const shown = plain(fields);
  const others = Object.keys(fields).flatMap((name) => Object.values(A.getConflicts(fields, name) ?? {}).map(String).filter((value) => value !== shown[name]));
  return { fields: shown, others };
}
