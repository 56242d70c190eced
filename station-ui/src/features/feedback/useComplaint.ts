// 投诉登记: kept as a draft, checked, saved once, with its receipt on paper.
import { reactive, ref, watch } from 'vue';
import { asProblem, call, type Answer } from '@/api';
import { failureOf, fieldFailureOf, type Failure } from '@/composables/failure';
import { useDraft } from '@/composables/useDraft';
import { useIntent } from '@/composables/useIntent';
import { painted } from '@/composables/usePainted';
import { dateOf } from '@/i18n/moments';
import { useNode } from '@/stores/node';
import { usePaper } from '@/stores/paper';
import { COMPLAINT_ORDER, complaintErrors, complaintField, complaintOf, emptyComplaint, type ComplaintErrors, type ComplaintField } from './complaintForm';

export type ComplaintReceipt = Answer<'complain'>;

export function useComplaint(draftName: string) {
  const node = useNode();
  const paper = usePaper();
  const intent = useIntent();
  const form = reactive(emptyComplaint(dateOf(node.nowMs)));
  const errors = ref<ComplaintErrors>({});
  const failure = ref<Failure | null>(null);
  const busy = ref(false);
  const receipt = ref<ComplaintReceipt | null>(null);
  const draft = useDraft(draftName, form, () => form.text === '' && form.wish === '' && form.name === '' && form.phone === '');
  watch(form, () => { failure.value = null; errors.value = {}; }, { deep: true });

  const wrong = (): ComplaintField | undefined => COMPLAINT_ORDER.find((field) => errors.value[field] !== undefined);

  async function clear(): Promise<void> {
    Object.assign(form, emptyComplaint(dateOf(node.nowMs)));
    await draft.clear();
  }

  // The first field at fault; undefined when it was saved or the fault is not of a field.
  // `told`: of what the node has saved, at once, before the form is emptied and the receipt printed.
  async function save(told: (receipt: ComplaintReceipt) => void = () => {}): Promise<ComplaintField | undefined> {
    if (busy.value || !node.canSave) return undefined;
    errors.value = complaintErrors(form, node.nowMs);
    if (wrong()) return wrong();
    busy.value = true;
    const body = complaintOf(form);
    try {
      const saved = await call('complain', { body, key: intent.keyOf(body) });
      receipt.value = saved;
      intent.done();
      told(saved);
      await painted();
      await clear();
    } catch (error) {
      const problem = asProblem(error);
      intent.refused(problem);
      const field = complaintField(problem.field);
      if (field) errors.value = { [field]: fieldFailureOf(problem) };
      else failure.value = failureOf(problem);
      return wrong();
    } finally {
      busy.value = false;
    }
    await print();
    return undefined;
  }
  const print = (): Promise<boolean> => (receipt.value ? paper.print({ kind: 'complaint', id: receipt.value.id, paper: '80mm' }) : Promise.resolve(false));

  return { form, errors, failure, busy, receipt, draft, save, print, clear };
}
