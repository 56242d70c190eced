// What is said once somebody is checked in: one sentence, exact in what is known.
import type { Answer } from '@/api';
import { t } from '@/i18n';
import { clockOf } from '@/i18n/moments';

export type Arrival = Answer<'take_ticket'>;

export function arrivalText(arrival: Arrival, who: string): string {
  const ticket = arrival.visit.ticket;
  if (arrival.already) return t('arrive.already', { when: clockOf(arrival.visit.arrived_at_ms), ticket });
  if (arrival.timing === 'early' && arrival.ready_at_ms !== null) return t('arrive.early', { when: clockOf(arrival.ready_at_ms), ticket });
  if (arrival.timing === 'late') return t('arrive.late', { minutes: arrival.late_min, ticket });
  return t('arrive.done', { who, ticket, ahead: arrival.ahead });
}
