// W9, three taps: with a card or without, what it is about, confirm. A number is shown only once the node has
// saved it; what was begun and left is forgotten after half a minute, with whatever a card said.
import { computed, ref, shallowRef, watch } from 'vue';
import { asProblem, call, type Answer, type Ask, type Problem } from '@/api';
import { useIntent } from '@/composables/useIntent';
import type { Scan } from '@/composables/useScanner';
import { useNode } from '@/stores/node';

export type Step = 'start' | 'group' | 'confirm' | 'taking' | 'failed' | 'taken';
export type Group = Answer<'ticket_screen'>['groups'][number];
export type Printed = 'printing' | 'printed' | 'not_printed';
type Visit = NonNullable<Ask<'take_ticket'>['body']>;
export type Priority = NonNullable<Visit['priority']>;

const IDLE_MS = 30_000;
const TAKEN_MS = 8_000; // the slip is in the hand
const SHOWN_MS = 20_000; // no slip: the number has to be remembered
const TRY_AGAIN_MS = 1_000;
const TRIES_END_MS = 10_000;
const pause = (ms: number): Promise<void> => new Promise((end) => { setTimeout(end, ms); });

export function useTicket() {
  const node = useNode();
  const intent = useIntent();
  const step = ref<Step>('start');
  const group = shallowRef<Group | null>(null);
  const priority = ref<Priority>('none');
  const card = shallowRef<Scan | null>(null);
  const arrival = shallowRef<Answer<'take_ticket'> | null>(null);
  const printed = ref<Printed>('printing');
  const endsAtMs = ref(0);
  const secondsLeft = computed(() => Math.max(0, Math.ceil((endsAtMs.value - node.nowMs) / 1000)));

  function go(next: Step, forMs = IDLE_MS): void {
    step.value = next;
    endsAtMs.value = node.nowMs + forMs;
  }

  function reset(): void {
    step.value = 'start';
    group.value = null;
    priority.value = 'none';
    card.value = null;
    arrival.value = null;
    intent.done();
  }

  const touch = (): void => { if (step.value === 'group' || step.value === 'confirm') go(step.value); };

  function begin(scan: Scan | null = null): void {
    if (step.value !== 'start' && step.value !== 'group') return;
    card.value = scan?.document ? scan : null;
    go('group');
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

  // The same wish under the same key until the node answers: one tap is one number.
  async function persist(wish: Visit): Promise<Answer<'take_ticket'>> {
    const key = intent.keyOf(wish);
    const stopAt = performance.now() + TRIES_END_MS;
    for (;;) {
      try {
        return await call('take_ticket', { body: wish, key });
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

  async function take(item: string): Promise<void> {
    if (step.value !== 'confirm') return;
    step.value = 'taking';
    try {
      arrival.value = await persist(wishOf(item));
    } catch (error) {
      return refused(asProblem(error));
    }
    card.value = null;
    go('taken', SHOWN_MS);
    await print(arrival.value.visit.id);
  }

  watch(() => node.nowMs, (now) => {
    if (step.value !== 'start' && step.value !== 'taking' && now >= endsAtMs.value) reset();
  });

  return { step, group, priority, card, arrival, printed, secondsLeft, begin, choose, take, touch, reset };
}
