// W3: from what was scanned or typed to one person, and from the person to a ticket. One person at a time: who is
// scanned while another is looked up comes next, and is not lost.
import { ref, shallowRef } from 'vue';
import { asProblem, call, newKey, type Answer } from '@/api';
import { failureOf, type Failure } from '@/composables/failure';
import { useIntent } from '@/composables/useIntent';
import { t } from '@/i18n';
import { joined } from '@/i18n/moments';
import { useItems } from '@/stores/items';
import { useUndo } from '@/stores/undo';
import { arrivalText, type Arrival } from './arrival';

export type Match = Answer<'lookup'>['matches'][number];
type Priority = 'none' | 'elder' | 'disabled' | 'pregnant' | 'veteran';
const MAY_COME = ['confirmed', 'rescheduled', 'checked_in'];
const NOT_CERTAIN = ['tentative', 'waitlisted', 'submitted', 'counter_offered'];

export function useCheckIn() {
  const items = useItems();
  const undo = useUndo();
  const intent = useIntent();
  const matches = shallowRef<Match[]>([]);
  const said = ref<Failure & { tone: 'ok' | 'warn' | 'danger' } | null>(null);
  const busy = ref(false);
  const elsewhere = ref<string | null>(null); // the station where the appointment is
  const came = ref<string | null>(null); // the visit of who arrived last: their ticket can be printed

  function tell(text: string, tone: 'ok' | 'warn' | 'danger'): void { said.value = { text, tone }; }

  function clear(): void {
    intent.done(); // whoever is next is another
    matches.value = [];
    said.value = null;
    came.value = null;
    elsewhere.value = null;
  }

  let turn = Promise.resolve();
  let waiting = 0;
  const sought: string[] = []; // what is looked up now, and what comes after it

  function inTurn(work: () => Promise<void>): Promise<void> {
    waiting += 1;
    busy.value = true;
    turn = turn.then(work)
      .catch((error: unknown) => { said.value = { ...failureOf(error), tone: 'danger' }; })
      .finally(() => { busy.value = (waiting -= 1) > 0; });
    return turn;
  }
  // A press that meets another under way is the same press twice.
  const press = (work: () => Promise<void>): Promise<void> => (busy.value ? turn : inTurn(work));

  function arrived(arrival: Arrival, who: string): void {
    matches.value = [];
    came.value = arrival.visit.id;
    tell(arrivalText(arrival, who), arrival.timing === 'late' && !arrival.already ? 'warn' : 'ok');
    if (arrival.already) return;
    const what = t('arrive.what', { ticket: arrival.visit.ticket });
    undo.offerRecord(what, arrival.visit.id, () => { clear(); return Promise.resolve(); });
  }

  async function checkIn(match: Match): Promise<void> {
    if (NOT_CERTAIN.includes(match.life)) return tell(t('arrive.not_certain'), 'warn');
    const answer = await call('check_in', { path: { id: match.id }, key: newKey() });
    arrived(answer, joined(match.name, match.window, items.groupOf(match.item)));
  }

  async function seek(text: string, sure: boolean): Promise<void> {
    intent.done();
    said.value = null;
    came.value = null;
    elsewhere.value = null;
    const found = await call('lookup', { body: { text } });
    if (found.bad_code) { matches.value = []; return tell(t('arrive.bad_code'), 'danger'); }
    if (found.elsewhere) { matches.value = []; elsewhere.value = found.elsewhere; return tell(t('arrive.elsewhere', { station: found.elsewhere }), 'warn'); }
    const able = found.matches.filter((match) => MAY_COME.includes(match.life) || NOT_CERTAIN.includes(match.life));
    const only = able.length === 1 ? able[0] : undefined;
    if (only && sure) return checkIn(only);
    matches.value = able;
    if (able.length === 0) tell(t('arrive.nobody'), 'warn');
  }

  // `sure`: read by a machine, so one match needs no key. The same text again while it is looked up is one.
  function find(text: string, sure: boolean): Promise<void> {
    if (sought.includes(text)) return turn;
    sought.push(text);
    return inTurn(() => seek(text, sure).finally(() => { sought.shift(); }));
  }

  // Pressed again after no answer it is the same person, and the same number.
  async function takeTicket(item: string, priority: Priority): Promise<Arrival> {
    try {
      const arrival = await call('take_ticket', { body: { item, priority }, key: intent.keyOf([item, priority]) });
      intent.done();
      return arrival;
    } catch (error) {
      intent.refused(asProblem(error));
      throw error;
    }
  }

  return {
    matches,
    said,
    busy,
    came,
    elsewhere,
    find,
    confirm: (match: Match) => press(() => checkIn(match)),
    ticket: (item: string, priority: Priority) => press(async () => {
      const arrival = await takeTicket(item, priority);
      arrived(arrival, t('queue.walk_in'));
    }),
    clear,
  };
}
