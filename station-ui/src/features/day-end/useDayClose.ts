// 日结: what the day was, who is left, and that the machine may be switched off only when the node says so.
import { computed, ref } from 'vue';
import { asProblem, call, newKey, type Answer } from '@/api';
import { failureOf, type Failure } from '@/composables/failure';
import { useFresh } from '@/composables/useFresh';
import { useIntent } from '@/composables/useIntent';
import { t } from '@/i18n';
import { useNode } from '@/stores/node';
import { useQueue } from '@/stores/queue';
import { usePaper } from '@/stores/paper';

export type DayClose = Answer<'day_close'>;
export type Left = 'carry_over' | 'told_by_phone';

export function useDayClose() {
  const node = useNode();
  const queue = useQueue();
  const paper = usePaper();
  const intent = useIntent();
  const busy = ref(false);
  const refused = ref<Failure | null>(null);
  const { value: day, failure, load } = useFresh(() => call('day_close', { background: true }), ['queue', 'appointment', 'status', 'reset', 'open']);

  const counts = computed(() => Object.entries(day.value?.counts ?? {}).map(([name, count]) => ({ name, count })));
  const left = computed(() => day.value?.left ?? []);
  const isClosed = computed(() => day.value !== null && day.value.closed_at_ms !== null);
  const pendingText = computed(() => {
    const pending = day.value?.pending ?? null;
    return pending === null ? t('chip.unknown') : pending === 0 ? t('send.nothing') : t('day_end.pending', { pending });
  });
  // Said only of a closed day, and only while the node itself says that everything is on its disk.
  const mayPowerOff = computed(() => isClosed.value && day.value?.safe_to_power_off === true && node.canSave);

  async function close(what: Left): Promise<boolean> {
    if (busy.value || !day.value || !node.canSave) return false;
    busy.value = true;
    refused.value = null;
    const wish = { left: what };
    try {
      day.value = await call('close_day', { body: wish, key: intent.keyOf({ ...wish, date: day.value.date, at: day.value.closed_at_ms }) });
      intent.done();
      queue.leave(); // every window was let go
    } catch (error) {
      const problem = asProblem(error);
      intent.refused(problem);
      refused.value = failureOf(problem);
      return false;
    } finally {
      busy.value = false;
    }
    await print();
    return true;
  }
  // What is wrong with the number; nothing: it is marked.
  async function spoil(number: string, spoiled: boolean): Promise<Failure | null> {
    busy.value = true;
    try {
      day.value = await call('spoil_form', { body: { paper_number: number, spoiled }, key: newKey() });
      return null;
    } catch (error) {
      return failureOf(error);
    } finally {
      busy.value = false;
    }
  }
  const print = (): Promise<boolean> => (day.value ? paper.print({ kind: 'day_close', date: day.value.date, paper: '80mm' }) : Promise.resolve(false));

  return { day, failure, refused, busy, counts, left, isClosed, pendingText, mayPowerOff, load, close, spoil, print };
}
