// W9, three taps: with a card or without, what it is about, confirm. Who has an appointment today only holds the
// slip or the card to the reader. A number is shown only once the node has saved it; what was begun and left is forgotten after half a minute, with whatever a card said.
import { computed, ref, shallowRef, watch } from 'vue';
import { asProblem, call, type Answer, type Ask, type Problem } from '@/api';
import { useIntent } from '@/composables/useIntent';
import type { Scan } from '@/composables/useScanner';
import { t } from '@/i18n';
import { clockOf } from '@/i18n/moments';
import { useNode } from '@/stores/node';

export type Step = 'start' | 'group' | 'confirm' | 'arriving' | 'told' | 'taking' | 'failed' | 'taken';
export type Group = Answer<'ticket_screen'>['groups'][number];
export type Printed = 'printing' | 'printed' | 'not_printed' | 'had'; // had: printed when the person came
type Arrival = Answer<'take_ticket'>;
type Made = Answer<'arrive'>;
type Visit = NonNullable<Ask<'take_ticket'>['body']>;
export type Priority = NonNullable<Visit['priority']>;

const IDLE_MS = 30_000;
const TAKEN_MS = 8_000; // the slip is in the hand
const SHOWN_MS = 20_000; // no slip: the number has to be remembered
const TRY_AGAIN_MS = 1_000;
const TRIES_END_MS = 10_000;
const BUSY: Step[] = ['start', 'arriving', 'taking'];
const LISTENING: Step[] = ['start', 'group', 'told', 'failed'];
const pause = (ms: number): Promise<void> => new Promise((end) => { setTimeout(end, ms); });

export function useTicket() {
  const node = useNode();
  const intent = useIntent();
  const step = ref<Step>('start');
  const group = shallowRef<Group | null>(null);
  const priority = ref<Priority>('none');
  const card = shallowRef<Scan | null>(null);
  const arrival = shallowRef<Arrival | null>(null);
  const note = ref(''); // what a slip or a card led to
  const printed = ref<Printed>('printing');
  const endsAtMs = ref(0);
  const secondsLeft = computed(() => Math.max(0, Math.ceil((endsAtMs.value - node.nowMs) / 1000)));

  function go(next: Step, forMs = IDLE_MS): void {
    step.value = next;
    endsAtMs.value = node.nowMs + forMs;
  }

  function forget(): void {
    group.value = null;
    priority.value = 'none';
    card.value = null;
    arrival.value = null;
    note.value = '';
  }

  function reset(): void {
    step.value = 'start';
    forget();
    intent.done();
  }

  const touch = (): void => { if (step.value === 'group' || step.value === 'confirm') go(step.value); };

  function begin(): void {
    if (step.value === 'start') go('group');
  }

  function choose(wanted: Group): void {
    group.value = wanted;
    go('confirm');
  }

  function wishOf(item: string): Visit {
    const { document, name } = card.value ?? {};
    return {
      item,
      priority: priority.value,
      ...(document ? { document: { kind: 'resident_id', number: document } } : {}),
      ...(name ? { name } : {}),
    };
  }

  // Under the same key until the node answers: one tap is one number.
  async function persist<T>(ask: () => Promise<T>): Promise<T> {
    const stopAt = performance.now() + TRIES_END_MS;
    for (;;) {
      try {
        return await ask();
      } catch (error) {
        const problem = asProblem(error);
        if (problem.status !== 0 || performance.now() > stopAt) throw problem;
        await pause(TRY_AGAIN_MS);
      }
    }
  }

  async function print(id: string): Promise<void> {
    printed.value = 'printing';
    try {
      const slip = await call('print_slip', { body: { kind: 'ticket', id, paper: '80mm' }, key: intent.keyOf({ print: id }) });
      printed.value = slip.printed ? 'printed' : 'not_printed';
    } catch {
      printed.value = 'not_printed';
    }
    go('taken', printed.value === 'printed' ? TAKEN_MS : SHOWN_MS);
  }

  function refused(problem: Problem): void {
    intent.refused(problem);
    go('failed', SHOWN_MS);
  }

  function timingOf(came: Arrival): string {
    if (came.already) return t('ticket.already');
    if (came.timing === 'early' && came.ready_at_ms !== null) return t('ticket.early', { when: clockOf(came.ready_at_ms) });
    return came.timing === 'late' ? t('ticket.late', { minutes: came.late_min }) : '';
  }

  async function checkedIn(came: Arrival): Promise<void> {
    arrival.value = came;
    card.value = null;
    note.value = timingOf(came);
    printed.value = 'had';
    go('taken', SHOWN_MS);
    if (!came.already) await print(came.visit.id);
  }

  // Without an appointment here: why, and then a number as for everybody, where numbers are given now.
  function walksIn(made: Made, scan: Scan, open: boolean): void {
    if (made.outcome === 'elsewhere') note.value = t('ticket.elsewhere', { station: made.elsewhere ?? '' });
    else if (made.outcome === 'not_certain') note.value = t('ticket.not_certain');
    else if (made.outcome === 'bad_code') note.value = t('ticket.bad_code');
    else note.value = scan.document && open ? '' : t('ticket.no_booking');
    card.value = scan.document ? scan : null;
    go(open ? 'group' : 'told');
  }

  // Whoever comes next need not wait for the screen of who went with the slip, nor after a failure.
  function listens(): boolean {
    if (step.value === 'taken' && printed.value === 'printed') reset();
    if (step.value === 'failed') forget(); // but for the key: it may be the same wish again
    return LISTENING.includes(step.value);
  }

  // A slip or a card. `open`: numbers are given now.
  async function arrive(scan: Scan, open: boolean): Promise<void> {
    if (!listens()) return;
    step.value = 'arriving';
    const wish = { text: scan.code ?? scan.document ?? '' };
    const key = intent.keyOf(wish);
    try {
      const made = await persist(() => call('arrive', { body: wish, key }));
      intent.done();
      if (made.arrival) await checkedIn(made.arrival);
      else walksIn(made, scan, open);
    } catch (error) {
      refused(asProblem(error));
    }
  }

  async function take(item: string): Promise<void> {
    if (step.value !== 'confirm') return;
    step.value = 'taking';
    try {
      const wish = wishOf(item);
      const key = intent.keyOf(wish);
      arrival.value = await persist(() => call('take_ticket', { body: wish, key }));
    } catch (error) {
      return refused(asProblem(error));
    }
    card.value = null;
    go('taken', SHOWN_MS);
    await print(arrival.value.visit.id);
  }

  watch(() => node.nowMs, (now) => {
    if (!BUSY.includes(step.value) && now >= endsAtMs.value) reset();
  });

  return { step, group, priority, card, arrival, note, printed, secondsLeft, begin, arrive, choose, take, touch, reset };
}
