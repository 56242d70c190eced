// How a station stands, in words: below one day there is nothing to count, and silence is never "closed".
import type { Schemas } from '@/api';
import { t, tOf } from '@/i18n';
import { dateOf, momentText } from '@/i18n/moments';
import type { Tone } from '@/ui/tone';

export type Station = Schemas['OverviewStation'];
interface StationLook { icon: string; tone: Tone; text: string }
const LOOK: Record<Station['state'], { icon: string; tone: Tone }> = {
  overdue: { icon: '✕', tone: 'danger' }, clock_suspect: { icon: '!', tone: 'warn' }, invited: { icon: '○', tone: 'wait' },
  agreed_offline: { icon: '!', tone: 'wait' }, online: { icon: '✓', tone: 'ok' },
};

// A station behind its district is heard of, not spoken to: who was heard of today has nothing to be warned of.
export function stationLook(station: Station, nowMs: number): StationLook {
  if (station.state === 'agreed_offline' && station.offline_days === 0) {
    if (station.last_contact_ms === null) return { icon: '○', tone: 'wait', text: t('overview.never') };
    const today = dateOf(station.last_contact_ms) === dateOf(nowMs);
    return today ? { icon: '✓', tone: 'ok', text: t('overview.today') } : { icon: '○', tone: 'wait', text: t('overview.yesterday') };
  }
  return { ...LOOK[station.state], text: tOf('station_state', station.state, { days: station.offline_days, agreed: station.agreed_days }) };
}
export const lastContact = (station: Station, nowMs: number): string =>
  station.last_contact_ms === null ? t('overview.never') : momentText(station.last_contact_ms, nowMs);
// Of nobody there is no share: not 0, and not 100.
export const shareText = (percent: number | null): string => (percent === null ? '—' : `${percent}%`);
// What is not complete is at least that much, or not known.
export const countText = (station: Station, value: number): string => (station.reported ? String(value) : value > 0 ? `≥${value}` : '?');
