// The counter's page: who is signed in, what the node says, today's list and one form beside it.
import { call } from './api.js';
import * as booking from './booking.js';
import * as list from './day_list.js';
import * as link from './link.js';
import * as record from './record.js';
import * as signIn from './sign_in.js';

const KEYS = {
  F2: () => booking.open(),
  F4: () => record.checkIn(),
  F9: () => booking.save(),
  F10: () => record.finish(),
  Escape: () => { booking.close(); record.close(); },
};

let ready = false;
let due = null;

// Many changes in a row are shown together.
function soon() {
  if (!ready) return;
  due ??= setTimeout(() => {
    due = null;
    list.refresh();
    const id = record.shownId();
    if (id) record.changed(id);
  }, 300);
}

document.addEventListener('keydown', (event) => {
  const action = KEYS[event.code];
  const functionKey = /^F\d+$/.test(event.code);
  const composing = event.isComposing || event.keyCode === 229;
  if (!ready || !action || event.repeat || (composing && !functionKey)) return;
  event.preventDefault();
  action();
});

link.listen({ status: soon, record: soon, reset: soon });
call('GET', '/status', { background: true }).then(link.setStatus).catch(() => {});
booking.begin();
record.begin();
signIn.begin(async () => {
  await list.begin(record.open);
  ready = true;
});
