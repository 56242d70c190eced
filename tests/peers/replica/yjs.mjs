// Yjs with y-leveldb and y-websocket: the relay is the websocket server with YPERSISTENCE, as its
// page has it; a station keeps each update in its own leveldb.
import fs from 'node:fs';
import http from 'node:http';
import crypto from 'node:crypto';
import WebSocket, { WebSocketServer } from 'ws';
import { kept } from './identity.mjs';

const ROOM = 'town';

export async function open({ folder, listen, parent, keepId }) {
  fs.mkdirSync(folder, { recursive: true });
  return listen ? relay(folder, listen) : station(folder, parent, keepId);
}

async function relay(folder, port) {
  process.env.YPERSISTENCE = folder;
  const { setupWSConnection, getYDoc, getPersistence } = await import('@y/websocket-server/utils');
  const server = http.createServer();
  new WebSocketServer({ server }).on('connection', (socket, request) => setupWSConnection(socket, request, { docName: ROOM }));
  await new Promise((done) => server.listen(port, '127.0.0.1', done));
  const close = () => getPersistence().provider.destroy();
  return { ...view(() => getYDoc(ROOM)), ready: {}, close }; // the document goes when the last link goes, and is loaded anew
}

async function station(folder, parent, keepId) {
  const { LeveldbPersistence } = await import('y-leveldb');
  const { WebsocketProvider } = await import('y-websocket');
  const Y = await import('yjs');
  const store = new LeveldbPersistence(folder + '/leveldb');
  const doc = new Y.Doc();
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(await store.getYDoc(ROOM)));
  if (keepId) doc.clientID = Number(kept(folder, () => String(crypto.randomInt(2 ** 32))));
  let saved = Promise.resolve();
  doc.on('update', (update) => {
    saved = Promise.all([saved, store.storeUpdate(ROOM, update)]);
  });
  const provider = new WebsocketProvider(`ws://127.0.0.1:${parent}`, ROOM, doc, { WebSocketPolyfill: WebSocket, disableBc: true });
  const records = doc.getMap('records');
  const write = async (act) => {
    doc.transact(act);
    await saved;
  };
  const put = (map, fields) => Object.entries(fields).forEach(([name, value]) => map.set(name, value));
  return {
    ...view(() => doc),
    ready: {},
    create: (record, fields) => write(() => put(records.set(record, new Y.Map()), fields)),
    change: (record, fields) => write(() => put(records.get(record), fields)),
    remove: (record) => write(() => records.delete(record)),
    compact: () => store.flushDocument(ROOM),
    async close() {
      provider.destroy();
      await saved;
      await store.destroy();
    },
  };
}

// A value that lost is collected: there is no other to offer, and no history.
const view = (doc) => ({
  read: () => Object.fromEntries(Object.entries(doc().getMap('records').toJSON()).map(([record, fields]) => [record, { fields, others: [] }])),
  history: () => [],
  compact: () => null,
});
