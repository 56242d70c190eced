// What may be done with one appointment. The page offers only what its life allows; the node decides.
import { ref } from 'vue';
import { asProblem, call, type Appointment, type Ask } from '@/api';
import { useIntent } from '@/composables/useIntent';
import { problemLine } from '@/composables/useProblem';
import { t, tOf } from '@/i18n';
import { useNode } from '@/stores/node';
import { useNotices } from '@/stores/notices';

export type CancelReason = NonNullable<Ask<'cancel'>['body']>['reason'];
export const CANCEL_REASONS: CancelReason[] = ['client_request', 'client_duplicate', 'station_closed', 'station_power_cut', 'station_calendar'];
export const mayMove = (record: Appointment): boolean => record.life === 'confirmed' || record.life === 'rescheduled';

export function useRecordActs(changed: () => void) {
  const node = useNode();
  const notices = useNotices();
  const intent = useIntent();
  const busy = ref(false);
  const failure = ref('');

  async function act(wish: unknown, send: (key: string) => Promise<unknown>, said: string): Promise<boolean> {
    if (busy.value || !node.canSave) return false;
    busy.value = true;
    failure.value = '';
    try {
      await send(intent.keyOf(wish));
      intent.done();
      notices.say(t('records.saved', { what: said }));
      changed();
      return true;
    } catch (error) {
      intent.refused(asProblem(error));
      failure.value = problemLine(asProblem(error));
      return false;
    } finally {
      busy.value = false;
    }
  }

  return {
    busy,
    failure,
    reschedule: (record: Appointment, date: string, window: string) =>
      act(['move', record.id, date, window], (key) => call('reschedule', { path: { id: record.id }, body: { date, window }, key }), t('records.reschedule')),
    cancel: (record: Appointment, reason: CancelReason) =>
      act(['cancel', record.id, reason], (key) => call('cancel', { path: { id: record.id }, body: { reason }, key }), tOf('cancel', reason)),
    checkIn: (record: Appointment) => act(['come', record.id], (key) => call('check_in', { path: { id: record.id }, key }), t('life.checked_in')),
    edit: (record: Appointment, phone: string, note: string) =>
      act(['edit', record.id, record.revision, phone, note], (key) => call('edit', {
        path: { id: record.id }, match: record.revision, key, body: { phone: phone === '' ? null : phone, note: note === '' ? null : note },
      }), t('records.edit')),
  };
}
