// W2's form: kept as a draft, checked, saved once.
import { computed, reactive, ref, watch } from 'vue';
import { asProblem, call, type Appointment, type Problem, type Slot } from '@/api';
import { failureOf, failureWith, fieldFailureOf, type Failure } from '@/composables/failure';
import { useDraft } from '@/composables/useDraft';
import { useIntent } from '@/composables/useIntent';
import { painted } from '@/composables/usePainted';
import { t, tOf } from '@/i18n';
import { addDays, clockOf, dateOf, dayText, joined } from '@/i18n/moments';
import { useItems } from '@/stores/items';
import { useNode } from '@/stores/node';
import { useQueue } from '@/stores/queue';
import { isFree, useSlots, type Place } from '@/stores/slots';
import { useUndo } from '@/stores/undo';
import { FIELD_ORDER, bodyOf, emptyForm, errorsOf, fieldOf, type Errors, type Field } from './bookingForm';

export function useBooking(draftName: string) {
  const node = useNode();
  const slots = useSlots();
  const items = useItems();
  const intent = useIntent();
  const undo = useUndo();
  const queue = useQueue();
  const form = reactive(emptyForm());
  const errors = ref<Errors>({});
  const failure = ref<Failure | null>(null);
  const duplicate = ref<{ id: string; text: string } | null>(null);
  const busy = ref(false);
  const isEmpty = (): boolean => form.name === '' && form.number === '' && form.phone === '' && form.item === '' && form.note === '' && form.who === 'self';
  const draft = useDraft(draftName, form, isEmpty);

  const today = computed(() => dateOf(node.nowMs));
  const slot = computed(() => (slots.slotsOf[form.date] ?? []).find((each) => each.window === form.window));
  const firm = computed(() => slot.value !== undefined && isFree(slot.value));
  // The certain place nearest to one that turned out to be full, on a later day when its own has none; after a time
  // limit, the next of the same kind of hours. Alt+1 takes it.
  const laterDay = ref<Place>();
  const sameHours = ref<Place>();
  const alternative = computed<Place | undefined>(() => {
    if (form.window === '' || firm.value) return undefined;
    if (sameHours.value) return sameHours.value;
    const sameDay = slots.freeAfter(form.date, form.window);
    return sameDay ? { date: form.date, slot: sameDay } : laterDay.value;
  });
  const alternativeText = computed(() => {
    const other = alternative.value;
    if (!other) return '';
    return other.date === form.date ? other.slot.window : `${dayText(other.date)} ${other.slot.window}`;
  });

  watch(form, () => { failure.value = null; duplicate.value = null; }, { deep: true });
  // Nothing is drawn anew for a field that was right.
  const mend = (field: Field): void => { if (errors.value[field] !== undefined) errors.value = { ...errors.value, [field]: undefined }; };
  for (const field of ['name', 'number', 'item', 'note'] as const) watch(() => form[field], () => mend(field));
  watch(() => [form.phone, form.noPhone], () => mend('phone'));
  watch(() => form.agent.name, () => mend('agent.name'));
  watch(() => [form.agent.number, form.agent.phone], () => { mend('agent.number'); mend('agent.phone'); });
  watch(() => [form.agent.until, form.agent.basis, form.date], () => mend('agent.until'));
  watch(() => [form.date, form.window], () => { mend('window'); laterDay.value = sameHours.value = undefined; });

  async function chooseSoonest(): Promise<void> {
    const place = await slots.soonest(today.value);
    if (place && form.window === '') Object.assign(form, { date: place.date, window: place.slot.window });
    if (!place && form.date === '') form.date = today.value;
  }

  async function start(): Promise<void> {
    if (queue.number !== null && queue.windows.length === 0) void queue.loadWindows().catch(() => {}); // what it serves stands first
    await Promise.all([items.load(), draft.ready]);
    if (form.date !== '' && form.date >= today.value) {
      await slots.loadDays(today.value);
      await slots.load(form.date);
      if (!firm.value) form.window = '';
    } else {
      Object.assign(form, { date: '', window: '' });
    }
    if (form.window === '') await chooseSoonest();
  }

  // CAP-01; CAP-02 where the place was there until somebody else at this station took it.
  async function full(wasFree = false): Promise<Failure> {
    if (!alternative.value) laterDay.value = await slots.soonestAfter(form.date).catch(() => undefined);
    const other = alternative.value;
    const words = { window: form.window, other: alternativeText.value, free: other?.slot.free ?? 0 };
    if (wasFree) return failureWith('CAP-02', other ? t('book.taken_with', words) : t('book.taken'), 'NoCapacity');
    return failureWith('CAP-01', other ? t('book.full_with', words) : t('book.full', words), 'NoCapacity');
  }

  const isTooLate = (): boolean => slot.value?.over === true && slot.value.cutoff_ms !== null && slot.value.cutoff_ms <= node.nowMs;
  const nameOf = (date: string): string => (date === today.value ? t('book.today') : date === addDays(today.value, 1) ? t('book.tomorrow') : dayText(date));

  // OFF-01: until when that kind of hours could be booked, and the next day on which it still can.
  async function tooLate(): Promise<Failure> {
    const { period, cutoff_ms: limitMs } = slot.value as Slot;
    sameHours.value = await slots.soonestAfter(form.date, period).catch(() => undefined);
    const other = sameHours.value;
    const words = { period: tOf('period_short', period), day: nameOf(form.date), when: clockOf(limitMs ?? 0) };
    const text = other ? t('book.too_late_with', { ...words, other: `${nameOf(other.date)}${words.period} ${other.slot.window}` }) : t('book.too_late', words);
    return failureWith('OFF-01', text, 'Expired');
  }

  // When the original is, from the masked rows that a card would find.
  async function duplicateText(id: string): Promise<string> {
    const found = await call('lookup', { body: { text: form.number.trim() }, background: true }).catch(() => undefined);
    const original = found?.matches.find((row) => row.id === id);
    return original ? t('book.duplicate_at', { when: `${dayText(original.date)} ${original.window}` }) : t('book.duplicate');
  }

  async function tell(problem: Problem): Promise<void> {
    intent.refused(problem);
    const [kind, id] = problem.field.split('/');
    if (kind === 'duplicate' && id) { duplicate.value = { id, text: await duplicateText(id) }; return; }
    const field = fieldOf(problem.field);
    if (field === 'window') await slots.load(form.date).catch(() => {});
    if (problem.code === 'NoCapacity') errors.value = { window: await full(true) };
    else if (problem.field === 'cut_off' && slot.value?.cutoff_ms) errors.value = { window: await tooLate() };
    else if (field) errors.value = { [field]: fieldFailureOf(problem) };
    else failure.value = failureOf(problem);
  }

  // The first field at fault, after a refusal; undefined when it was saved or the fault is not of a field.
  // `told`: of what the node has saved, at once, before the page makes itself ready for the next.
  async function save(told: (record: Appointment) => void = () => {}): Promise<Field | undefined> {
    if (busy.value || !node.canSave) return undefined;
    errors.value = errorsOf(form);
    if (form.window !== '' && !firm.value) errors.value.window = await (isTooLate() ? tooLate() : full());
    if (FIELD_ORDER.every((field) => errors.value[field] === undefined)) await send(told);
    return FIELD_ORDER.find((field) => errors.value[field] !== undefined);
  }

  async function send(told: (record: Appointment) => void): Promise<void> {
    busy.value = true;
    const asked = items.papersOf(form.item, form.who === 'agent' ? form.agent.basis : undefined);
    const body = bodyOf({ ...form, toBring: asked.filter((paper) => form.toBring.includes(paper)) });
    try {
      const booked = await call('book', { body, key: intent.keyOf(body) });
      intent.done();
      told(booked);
      await painted();
      undo.offerRecord(joined(t('book.title'), booked.number), booked.id, takenBack);
      await clear();
    } catch (error) {
      await tell(asProblem(error));
    } finally {
      busy.value = false;
    }
  }

  async function takenBack(): Promise<void> {
    if (form.date !== '') await slots.load(form.date);
  }

  async function clear(): Promise<void> {
    Object.assign(form, emptyForm(), { date: form.date });
    errors.value = {};
    await draft.clear();
    await chooseSoonest().catch(() => {});
  }

  const placeText = computed(() => (form.window === '' ? '' : `${dayText(form.date)} ${form.window}`));
  return { form, errors, failure, duplicate, busy, draft, today, firm, alternative, alternativeText, placeText, start, save, clear };
}
