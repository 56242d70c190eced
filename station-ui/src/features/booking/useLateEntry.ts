// 补录: one hand-written form after the other. Kept as a draft, checked, saved once; day and kind stay for the next.
import { computed, reactive, ref, watch } from 'vue';
import { asProblem, call, type Problem, type Slot } from '@/api';
import { failureOf, fieldFailureOf, type Failure } from '@/composables/failure';
import { useDraft } from '@/composables/useDraft';
import { useIntent } from '@/composables/useIntent';
import { painted } from '@/composables/usePainted';
import { dateOf } from '@/i18n/moments';
import { useItems } from '@/stores/items';
import { useNode } from '@/stores/node';
import { fieldOf } from './bookingForm';
import { LATE_ORDER, emptyLate, lateBookingOf, lateErrorsOf, lateVisitOf, occurredAt, type LateErrors, type LateField } from './lateForm';

export interface Entered { paper: string; atMs: number; ticket: string }
const FIELDS: Record<string, LateField> = { paper_number: 'paper', occurred_at_ms: 'when' };

export function useLateEntry(draftName: string) {
  const node = useNode();
  const items = useItems();
  const intent = useIntent();
  const form = reactive(emptyLate());
  const errors = ref<LateErrors>({});
  const failure = ref<Failure | null>(null);
  const duplicate = ref<string | null>(null);
  const busy = ref(false);
  const slots = ref<Slot[]>([]);
  const entered = ref<Entered[]>([]);
  const isEmpty = (): boolean => form.paper === '' && form.name === '' && form.number === '' && form.item === '' && form.note === '';
  const draft = useDraft(draftName, form, isEmpty);
  const today = computed(() => dateOf(node.nowMs));

  watch(form, () => { failure.value = null; duplicate.value = null; }, { deep: true });
  // Nothing is drawn anew for a field that was right.
  const mend = (field: LateField): void => { if (errors.value[field] !== undefined) errors.value = { ...errors.value, [field]: undefined }; };
  for (const field of ['paper', 'name', 'number', 'item', 'note'] as const) watch(() => form[field], () => mend(field));
  watch(() => [form.phone, form.noPhone], () => mend('phone'));
  watch(() => [form.day, form.time], () => mend('when'));
  watch(() => [form.date, form.window, form.what], () => mend('window'));

  // The windows of the booked day: which of them were open when the form was written, the node knows.
  async function loadSlots(date: string): Promise<void> {
    const found = date === '' ? [] : (await call('slots', { query: { date }, background: true })).slots;
    if (date !== form.date) return; // another day was chosen meanwhile
    slots.value = found;
    if (!slots.value.some((slot) => slot.window === form.window)) form.window = '';
  }
  watch(() => form.date, (date) => void loadSlots(date).catch(() => { slots.value = []; }));

  async function start(): Promise<void> {
    await Promise.all([items.load(), draft.ready]);
    if (form.day === '') form.day = today.value;
    if (form.date === '') form.date = today.value;
    else await loadSlots(form.date);
  }

  function tell(problem: Problem): void {
    intent.refused(problem);
    const [kind, id] = problem.field.split('/');
    if (kind === 'duplicate' && id) { duplicate.value = id; return; }
    const field = FIELDS[problem.field] ?? fieldOf(problem.field);
    const isWrongText = problem.code === 'BadFormat' || problem.code === 'LimitExceeded';
    if (field) errors.value = { [field]: isWrongText ? fieldFailureOf(problem) : failureOf(problem) };
    else failure.value = failureOf(problem);
  }

  async function send(): Promise<Entered> {
    const atMs = occurredAt(form) ?? 0;
    if (form.what === 'booked') {
      const body = lateBookingOf(form);
      const record = await call('book', { body, key: intent.keyOf(body) });
      return { paper: record.number, atMs, ticket: '' };
    }
    const body = lateVisitOf(form);
    const { visit } = await call('take_ticket', { body, key: intent.keyOf(body) });
    return { paper: body.paper_number ?? '', atMs, ticket: visit.ticket };
  }

  // The first field at fault; undefined when it was saved or the fault is not of a field.
  // `told`: of what the node has saved, at once, before the page makes itself ready for the next.
  async function save(told: (entered: Entered) => void = () => {}): Promise<LateField | undefined> {
    if (busy.value || !node.canSave) return undefined;
    errors.value = lateErrorsOf(form, node.nowMs);
    const wrong = (): LateField | undefined => LATE_ORDER.find((field) => errors.value[field] !== undefined);
    if (wrong()) return wrong();
    busy.value = true;
    try {
      const done = await send();
      intent.done();
      told(done);
      await painted();
      entered.value = [done, ...entered.value];
      await clear();
    } catch (error) {
      tell(asProblem(error));
    } finally {
      busy.value = false;
    }
    return wrong();
  }

  async function clear(): Promise<void> {
    const { day, date, what, outcome } = form;
    Object.assign(form, emptyLate(), { day, date, what, outcome });
    errors.value = {};
    await draft.clear();
  }

  return { form, errors, failure, duplicate, busy, slots, entered, draft, today, start, save, clear };
}
