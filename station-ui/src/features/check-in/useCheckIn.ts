// W3: from what was scanned or typed to one person, and from the person to a ticket.
import { ref, shallowRef } from 'vue';
import { asProblem, call, newKey, type Answer } from '@/api';
import { problemLine } from '@/composables/useProblem';
import { t } from '@/i18n';
import { joined } from '@/i18n/moments';
import { useItems } from '@/stores/items';
import { useUndo } from '@/stores/undo';
import { arrivalText, type Arrival } from './arrival';

export type Match = Answer<'lookup'>['matches'][number];
const MAY_COME = ['confirmed', 'rescheduled', 'checked_in'];
const NOT_CERTAIN = ['tentative', 'waitlisted', 'submitted', 'counter_offered'];

export function useCheckIn() {
  const items = useItems();
  const undo = useUndo();
  const matches = shallowRef<Match[]>([]);
  const said = ref<{ text: string; tone: 'ok' | 'warn' | 'danger' } | null>(null);
  const busy = ref(false);
  const elsewhere = ref<string | null>(null); // the station where the appointment is
  const came = ref<string | null>(null); // the visit of who arrived last: their ticket can be printed

  function tell(text: string, tone: 'ok' | 'warn' | 'danger'): void { said.value = { text, tone }; }

  function clear(): void {
    matches.value = [];
    said.value = null;
    came.value = null;
    elsewhere.value = null;
  }

  async function within(work: () => Promise<void>): Promise<void> {
    if (busy.value) return;
    busy.value = true;
    try {
      await work();
    } catch (error) {
      tell(problemLine(asProblem(error)), 'danger');
    } finally {
      busy.value = false;
    }
  }

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

  // `sure`: read by a machine, so one match needs no key.
  const find = (text: string, sure: boolean): Promise<void> => within(async () => {
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
  });

  return {
    matches,
    said,
    busy,
    came,
    elsewhere,
    find,
    confirm: (match: Match) => within(() => checkIn(match)),
    ticket: (item: string, priority: 'none' | 'elder' | 'disabled' | 'pregnant' | 'veteran') => within(async () => {
      const arrival = await call('take_ticket', { body: { item, priority }, key: newKey() });
      arrived(arrival, t('queue.walk_in'));
    }),
    clear,
  };
}
