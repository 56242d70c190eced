// Loro with a snapshot file, written anew and fsynced after each change, and updates over websockets:
// at the start of a connection both say their version and send what the other lacks.
import fs from 'node:fs';
import path from 'node:path';
import WebSocket, { WebSocketServer } from 'ws';
import { LoroDoc, LoroMap, VersionVector } from 'loro-crdt';
import { kept } from './identity.mjs';
import { say } from './told.mjs';

const VERSION = 0;
const UPDATE = 1;
const RETRY_MS = 500;

export async function open({ folder, listen, parent, keepId }) {
  fs.mkdirSync(folder, { recursive: true });
  const doc = new LoroDoc();
  const file = path.join(folder, 'snapshot.loro');
  if (fs.existsSync(file)) doc.import(fs.readFileSync(file));
  if (keepId) doc.setPeerId(kept(folder, () => doc.peerIdStr));
  const links = new Set();
  if (listen) await serve(doc, file, links, listen);
  else connect(doc, file, links, parent);
  doc.subscribeLocalUpdates((update) => links.forEach((link) => link.send(frame(UPDATE, update))));
  return operations(doc, file);
}

function operations(doc, file) {
  const records = doc.getMap('records');
  const put = (map, fields) => Object.entries(fields).forEach(([name, value]) => map.set(name, value));
  const write = (act) => {
    act();
    doc.commit();
    save(doc, file);
  };
  return {
    ready: {},
    create: (record, fields) => write(() => put(records.setContainer(record, new LoroMap()), fields)),
    change: (record, fields) => write(() => put(records.get(record), fields)),
    remove: (record) => write(() => records.delete(record)),
    read: () => Object.fromEntries(Object.entries(records.toJSON()).map(([record, fields]) => [record, { fields, others: [] }])),
    history: (values) => {
      const all = JSON.stringify(doc.exportJsonUpdates());
      return values.filter((value) => all.includes(JSON.stringify(value)));
    },
    compact: () => null,
    close: () => null,
  };
}

function save(doc, file) {
  const fresh = file + '.fresh';
  const out = fs.openSync(fresh, 'w');
  fs.writeSync(out, doc.export({ mode: 'snapshot' }));
  fs.fsyncSync(out);
  fs.closeSync(out);
  fs.renameSync(fresh, file);
}

const frame = (kind, bytes) => Buffer.concat([Buffer.of(kind), bytes]);
const version = (doc) => frame(VERSION, doc.oplogVersion().encode());

function take(doc, file, links, link, data) {
  const bytes = new Uint8Array(data.subarray(1));
  if (data[0] === VERSION) {
    link.send(frame(UPDATE, doc.export({ mode: 'update', from: VersionVector.decode(bytes) })));
    return;
  }
  const before = doc.oplogVersion();
  const { pending } = doc.import(bytes);
  if (pending && pending.size > 0) link.send(version(doc));
  if (before.compare(doc.oplogVersion()) === 0) return;
  save(doc, file);
  const news = doc.export({ mode: 'update', from: before });
  links.forEach((other) => other !== link && other.send(frame(UPDATE, news)));
}

function begin(doc, file, links, link) {
  links.add(link);
  link.on('message', (data) => {
    try {
      take(doc, file, links, link, data);
    } catch (error) {
      say('error', error);
    }
  });
  link.on('close', () => links.delete(link));
  link.on('error', () => {});
  link.send(version(doc));
}

async function serve(doc, file, links, port) {
  const server = new WebSocketServer({ port, host: '127.0.0.1' });
  server.on('connection', (link) => begin(doc, file, links, link));
  await new Promise((done) => server.on('listening', done));
}

function connect(doc, file, links, port) {
  const link = new WebSocket(`ws://127.0.0.1:${port}`);
  link.on('open', () => begin(doc, file, links, link));
  link.on('error', () => {});
  link.on('close', () => setTimeout(() => connect(doc, file, links, port), RETRY_MS));
}
