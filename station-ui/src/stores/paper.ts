// Slips: printed by the node; where it has no printer, the same slip as a PDF in this browser.
import { defineStore } from 'pinia';
import { ref } from 'vue';
import { asProblem, call, urlOf, type Answer, type Ask } from '@/api';
import { failureOf, failureWith, type Failure } from '@/composables/failure';
import { useIntent } from '@/composables/useIntent';
import { hasText, t } from '@/i18n';

type NewSlip = NonNullable<Ask<'print_slip'>['body']>;
export type SlipPaper = NewSlip['paper'];

export const usePaper = defineStore('paper', () => {
  const pdf = ref<string | null>(null); // where the last slip that no printer took can be opened
  const failure = ref<Failure | null>(null);
  const last = ref<NewSlip | null>(null);
  const intent = useIntent();
  const made = ref<Answer<'print_slip'> | null>(null);

  async function print(wish: NewSlip): Promise<boolean> {
    clear();
    last.value = wish;
    try {
      const slip = await call('print_slip', { body: wish, key: intent.keyOf(wish) });
      intent.done();
      made.value = slip;
      if (slip.printed) return true;
      pdf.value = urlOf('slip', { path: { slip: slip.slip } });
      const cause = slip.problem ?? 'no_printer';
      const key = `print.${cause}`;
      failure.value = failureWith('PRN-01', t(wish.kind === 'appointment' ? 'print.not_printed' : 'print.nothing_printed', { why: hasText(key) ? t(key) : '' }), cause);
    } catch (error) {
      const problem = asProblem(error);
      intent.refused(problem);
      failure.value = failureOf(problem);
    }
    return false;
  }

  const again = (): Promise<boolean> => (last.value ? print(last.value) : Promise.resolve(false));
  function clear(): void {
    pdf.value = null;
    failure.value = null;
    made.value = null;
  }
  return { pdf, failure, last, made, print, again, clear };
});
