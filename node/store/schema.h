// Schema of the database file: its DDL, and the marks by which a file is known as ours.
//
// What        One statement list; docs/storage.md explains each table. No foreign keys and no
//             UNIQUE but the primary key: a collision across replicas must never drop a record.
// Units       none.
// Source      design.md sections 8 and 13; storage-notes.md.
#pragma once

namespace yizhan::node {

constexpr int kApplicationId = 0x595a4e31;  // "YZN1"
constexpr int kSchemaVersion = 2;
constexpr int kSchemaWithoutTags = 1;  // of its pages (page_tags.h): no release wrote it

constexpr const char* kSchema = R"sql(
CREATE TABLE meta (k TEXT PRIMARY KEY, v) WITHOUT ROWID;
CREATE TABLE scope (id INTEGER PRIMARY KEY, division TEXT NOT NULL, class INT NOT NULL);
CREATE TABLE stream (n INTEGER PRIMARY KEY, sid BLOB NOT NULL, scope INT NOT NULL, author BLOB,
                     epoch INT, nonce BLOB, seq INT NOT NULL, head BLOB, sealed INT NOT NULL);
CREATE TABLE seg (n INTEGER PRIMARY KEY, stream INT NOT NULL, first INT NOT NULL, last INT NOT NULL,
                  content INT NOT NULL, covering INT NOT NULL, raw INT NOT NULL, tag INT NOT NULL,
                  z BLOB NOT NULL);
CREATE INDEX seg_stream ON seg(stream, first);
CREATE TABLE tail (id INTEGER PRIMARY KEY, b BLOB NOT NULL);
CREATE TABLE ent (id INTEGER PRIMARY KEY, st BLOB NOT NULL);
CREATE TABLE keyring (key INT NOT NULL, wrapped BLOB NOT NULL, scope INT NOT NULL,
                      generation INT NOT NULL, tag INT NOT NULL, PRIMARY KEY (key, wrapped))
                      WITHOUT ROWID;
CREATE TABLE certificate (node BLOB PRIMARY KEY, b BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE revocation (node BLOB PRIMARY KEY, b BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE scope_key (scope INT NOT NULL, generation INT NOT NULL, b BLOB NOT NULL,
                        PRIMARY KEY (scope, generation)) WITHOUT ROWID;
CREATE TABLE digest (scope INTEGER PRIMARY KEY, sum BLOB NOT NULL, terms INT NOT NULL);
CREATE TABLE receipt (scope INTEGER PRIMARY KEY, b BLOB NOT NULL);
CREATE TABLE cursor (peer BLOB PRIMARY KEY, instance INT NOT NULL, n INT NOT NULL,
                     full_at INT NOT NULL) WITHOUT ROWID;
CREATE TABLE ack (peer BLOB NOT NULL, stream BLOB NOT NULL, seq INT NOT NULL,
                  PRIMARY KEY (peer, stream)) WITHOUT ROWID;
CREATE TABLE ahead (stream BLOB PRIMARY KEY, first INT NOT NULL) WITHOUT ROWID;
CREATE TABLE idempotency (key INTEGER PRIMARY KEY, request BLOB NOT NULL, entity INT NOT NULL,
                          status INT NOT NULL, at INT NOT NULL);
CREATE TABLE deferred (op INTEGER PRIMARY KEY, scope INT NOT NULL, kind INT NOT NULL);
CREATE TABLE dead_letter (op INTEGER PRIMARY KEY, scope INT NOT NULL, reason TEXT NOT NULL);
CREATE TABLE task (entity INT NOT NULL, cause INT NOT NULL, kind TEXT NOT NULL,
                   PRIMARY KEY (entity, cause)) WITHOUT ROWID;
CREATE TABLE day (scope INT NOT NULL, date INT NOT NULL, slot INT NOT NULL, id INT NOT NULL,
                  status INT NOT NULL, PRIMARY KEY (scope, date, slot, id)) WITHOUT ROWID;
CREATE TABLE printed (scope INT NOT NULL, date INT NOT NULL, mark INT NOT NULL,
                      counter INT NOT NULL, PRIMARY KEY (scope, date, mark)) WITHOUT ROWID;
CREATE TABLE paper_form (scope INT NOT NULL, date INT NOT NULL, first INT NOT NULL, id INT NOT NULL,
                         count INT NOT NULL, PRIMARY KEY (scope, date, first, id)) WITHOUT ROWID;
CREATE TABLE verifier (staff BLOB PRIMARY KEY, salt BLOB, ops INT, memory INT, tag BLOB, code BLOB,
                       code_expires INT, failures INT NOT NULL, wait_ms INT NOT NULL,
                       boot BLOB NOT NULL, ticks INT NOT NULL) WITHOUT ROWID;
CREATE TABLE invitation (id BLOB PRIMARY KEY, secret BLOB NOT NULL, role INT NOT NULL,
                         division TEXT NOT NULL, name TEXT NOT NULL, carry INT NOT NULL,
                         expires INT NOT NULL, node BLOB) WITHOUT ROWID;
CREATE TABLE device (id BLOB PRIMARY KEY, kind INT NOT NULL, name TEXT NOT NULL, station_window INT,
                     code BLOB, code_expires INT, token BLOB, seen INT) WITHOUT ROWID;
CREATE TABLE queue (scope INT NOT NULL, open INT NOT NULL, date INT NOT NULL, id INT NOT NULL,
                    status INT NOT NULL, PRIMARY KEY (scope, open, date, id)) WITHOUT ROWID;
CREATE TABLE ticket (scope INT NOT NULL, date INT NOT NULL, series INT NOT NULL, mark INT NOT NULL,
                     counter INT NOT NULL,
                     PRIMARY KEY (scope, date, series, mark)) WITHOUT ROWID;
CREATE TABLE arrival (appointment INT NOT NULL, visit INT NOT NULL,
                      PRIMARY KEY (appointment, visit)) WITHOUT ROWID;
CREATE TABLE desk (scope INT NOT NULL, id INT NOT NULL, PRIMARY KEY (scope, id)) WITHOUT ROWID;
CREATE TABLE closing (scope INT NOT NULL, date INT NOT NULL, id INT NOT NULL,
                      PRIMARY KEY (scope, date, id)) WITHOUT ROWID;
CREATE TABLE served (scope INT NOT NULL, desk INT NOT NULL, at INT NOT NULL, id INT NOT NULL,
                     PRIMARY KEY (scope, desk, at, id)) WITHOUT ROWID;
CREATE TABLE rateable (scope INT NOT NULL, token INT NOT NULL, id INT NOT NULL,
                       PRIMARY KEY (scope, token, id)) WITHOUT ROWID;
CREATE TABLE rating (scope INT NOT NULL, visit INT NOT NULL, id INT NOT NULL,
                     PRIMARY KEY (scope, visit, id)) WITHOUT ROWID;
CREATE TABLE complaint (scope INT NOT NULL, at INT NOT NULL, id INT NOT NULL,
                        PRIMARY KEY (scope, at, id)) WITHOUT ROWID;
CREATE TABLE roster (scope INT NOT NULL, id INT NOT NULL, PRIMARY KEY (scope, id)) WITHOUT ROWID;
)sql";

}  // namespace yizhan::node
