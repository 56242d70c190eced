// The figures of a day as cards. `said` writes a count that may not be complete; `mark` stands behind an average.
import type { Schemas } from '@/api';
import { t, tOf } from '@/i18n';

type Totals = Schemas['OverviewTotals'];
interface Part { name: string; value: string }
export interface Figure extends Part { parts?: Part[] }
const KINDS = ['noon', 'flex', 'overtime', 'weekend', 'holiday'] as const;

export function figuresOf(totals: Totals, said: (count: number) => string, mark = ''): Figure[] {
  const figure = (name: 'booked' | 'confirmed' | 'waitlisted' | 'arrived' | 'finished' | 'off_hours'): Figure => ({ name: tOf('figure', name), value: said(totals[name]) });
  const promised = [figure('confirmed'), ...(totals.waitlisted > 0 ? [figure('waitlisted')] : [])];
  const kinds = KINDS.map((kind) => ({ name: tOf('off_kind', kind), value: said(totals[`off_${kind}`]) }));
  return [
    { ...figure('booked'), parts: promised }, figure('arrived'), figure('finished'), { ...figure('off_hours'), parts: kinds },
    { name: t('overview.average_wait'), value: totals.average_wait_min === null ? '—' : `${t('queue.waits', { minutes: totals.average_wait_min })}${mark}` },
  ];
}
