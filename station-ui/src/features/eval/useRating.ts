// W7: one visit, one rating. A tap saves at once and can be changed for a moment; for a low level reasons may
// follow, once, while the invitation lasts. Nothing is chosen beforehand, and nobody who walks away has rated.
import { computed, ref, shallowRef, watch, type Ref } from 'vue';
import { asProblem, call, type Ask, type Problem } from '@/api';
import { useIntent } from '@/composables/useIntent';
import { useNode } from '@/stores/node';

export type Step = 'idle' | 'asking' | 'saving' | 'saved' | 'declined' | 'already' | 'failed';
type Evaluation = NonNullable<Ask<'evaluate'>['body']>;
type Reason = NonNullable<Evaluation['reasons']>[number];
export interface Invitation { visit: string; invitation: string; until_ms: number }

export const LEVELS = [5, 4, 3, 2, 1] as const;
export const DECLINED = 0;
const LOW = 2; // this one and below: reasons are asked for
const TRY_AGAIN_MS = 1_000;
const TRIES_END_MS = 10_000;
const BACK_MS = 12_000;
const REASONS_MS = 30_000; // without a touch

const pause = (ms: number): Promise<void> => new Promise((end) => { setTimeout(end, ms); });

export function useRating(invitation: Ref<Invitation | null>) {
  const node = useNode();
  const intent = useIntent();
  const step = ref<Step>('idle');
  const level = ref<number | null>(null);
  const reasons = ref<Reason[]>([]);
  const late = ref(false); // saving takes longer than a moment
  const current = shallowRef<Invitation | null>(null);
  const editableUntilMs = ref(0);
  const backAtMs = ref(0);
  const reasonsSent = ref(false);
  let ended = ''; // the visit that this tablet is done with
  let held: number | null = null; // the level that is saved

  const mayChange = computed(() => ['saved', 'declined'].includes(step.value) && node.nowMs < editableUntilMs.value);
  const mayChoose = computed(() => step.value === 'asking' || mayChange.value);
  const isLow = computed(() => level.value !== null && level.value !== DECLINED && level.value <= LOW);
  const asksReasons = computed(() => step.value === 'saved' && isLow.value && !reasonsSent.value && node.nowMs < endMs());
  const secondsLeft = computed(() => Math.max(0, Math.ceil((backAtMs.value - node.nowMs) / 1000)));

  const endMs = (): number => current.value?.until_ms ?? 0;
  const untouchedEnd = (): number => Math.min(node.nowMs + REASONS_MS, endMs());

  function begin(wanted: Invitation): void {
    current.value = wanted;
    step.value = 'asking';
    level.value = null;
    held = null;
    reasons.value = [];
    reasonsSent.value = false;
    backAtMs.value = wanted.until_ms;
  }

  function end(): void {
    ended = current.value?.visit ?? ended;
    current.value = null;
    step.value = 'idle';
    intent.done();
  }

  function show(next: Step, forMs = BACK_MS): void {
    step.value = next;
    late.value = false;
    backAtMs.value = node.nowMs + forMs;
  }

  // The same wish under the same key until the node answers: saved once, whatever got lost on the way.
  async function persist(wish: Evaluation, key: string): Promise<{ editable_until_ms: number }> {
    const stopAt = performance.now() + TRIES_END_MS;
    for (;;) {
      try {
        return await call('evaluate', { body: wish, key });
      } catch (error) {
        const problem = asProblem(error);
        if (problem.status !== 0 || performance.now() > stopAt) throw problem;
        late.value = true;
        await pause(TRY_AGAIN_MS);
      }
    }
  }
  const impatience = (): Promise<never> => pause(TRIES_END_MS + TRY_AGAIN_MS).then(() => Promise.reject(asProblem(null)));

  function refused(problem: Problem): void {
    intent.refused(problem);
    level.value = held;
    show(problem.code === 'Conflict' ? 'already' : 'failed');
  }

  async function submit(): Promise<void> {
    if (!current.value || level.value === null) return;
    const { visit, invitation: token } = current.value;
    const wish: Evaluation = { visit, invitation: token, level: level.value, reasons: [...reasons.value] };
    step.value = 'saving';
    try {
      const saved = await Promise.race([persist(wish, intent.keyOf(wish)), impatience()]);
      held = level.value;
      editableUntilMs.value = saved.editable_until_ms;
      if (level.value === DECLINED) return show('declined');
      show('saved');
      if (asksReasons.value) backAtMs.value = untouchedEnd();
    } catch (error) {
      refused(asProblem(error));
    }
  }

  function choose(wanted: number): void {
    if (!mayChoose.value || wanted === level.value) return;
    level.value = wanted;
    reasons.value = [];
    void submit();
  }

  function toggle(code: Reason): void {
    if (!asksReasons.value) return;
    reasons.value = reasons.value.includes(code) ? reasons.value.filter((each) => each !== code) : [...reasons.value, code];
    backAtMs.value = untouchedEnd();
  }

  function sendReasons(): void {
    if (!asksReasons.value) return;
    reasonsSent.value = true;
    if (reasons.value.length > 0) void submit();
    else show('saved');
  }

  watch(invitation, (wanted) => {
    if (wanted && wanted.visit !== ended && wanted.visit !== current.value?.visit) begin(wanted);
    else if (!wanted && step.value === 'asking') end(); // rated by the slip, or taken back
  }, { immediate: true });
  watch(() => node.nowMs, (now) => {
    if (step.value !== 'idle' && step.value !== 'saving' && now >= backAtMs.value) end();
  });

  return { step, level, reasons, late, mayChoose, mayChange, asksReasons, secondsLeft, choose, toggle, sendReasons };
}
