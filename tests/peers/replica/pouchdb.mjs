// PouchDB with its leveldb adapter; the relay is express-pouchdb, a station syncs with it live.
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { createRequire } from 'node:module';
import PouchNode from 'pouchdb-node';
import { say } from './told.mjs';

const require = createRequire(import.meta.url);
const NAME = 'town';
const RETRY_MS = 500; // else it doubles up to ten minutes, which is only time

export async function open({ folder, listen, parent }) {
  fs.mkdirSync(folder, { recursive: true });
  const Pouch = PouchNode.defaults({ prefix: folder + path.sep });
  const app = listen && server(Pouch, folder); // before the database: it lists what is made after it
  const db = new Pouch(NAME);
  await db.info();
  if (listen) await new Promise((done) => http.createServer(app).listen(listen, '127.0.0.1', done));
  const syncing = parent && sync(db, `http://127.0.0.1:${parent}/${NAME}`);
  return operations(db, syncing);
}

function server(Pouch, folder) {
  const routes = { mode: 'minimumForPouchDB', inMemoryConfig: true, logPath: path.join(folder, 'express.log') };
  return require('express')().use('/', require('express-pouchdb')(Pouch, routes));
}

function sync(db, url) {
  return db.sync(new PouchNode(url, { skip_setup: true }), { live: true, retry: true, back_off_function: () => RETRY_MS })
    .on('denied', (error) => say('error', error))
    .on('error', (error) => say('error', error));
}

function operations(db, syncing) {
  const change = async (record, fields) => db.put({ ...(await db.get(record)), ...fields });
  return {
    ready: {},
    create: (record, fields) => db.put({ _id: record, ...fields }),
    change,
    remove: async (record) => db.remove(await db.get(record)),
    read: () => read(db),
    history: () => [], // bodies of older revisions are compacted, and never sent
    compact: () => db.compact(),
    async close() {
      syncing?.cancel();
      await db.close();
    },
  };
}

async function read(db) {
  const { rows } = await db.allDocs({ include_docs: true, conflicts: true });
  return Object.fromEntries(await Promise.all(rows.map(async ({ id, doc }) => [id, await seen(db, doc)])));
}

// What lost a tie is offered as a conflicting revision.
async function seen(db, doc) {
  const lost = await Promise.all((doc._conflicts ?? []).map((rev) => db.get(doc._id, { rev })));
  const fields = ({ phone, note }) => ({ phone, note });
  const shown = fields(doc);
  const others = lost.flatMap((other) => Object.values(fields(other))).filter((value) => !Object.values(shown).includes(value));
  return { fields: shown, others };
}
