// How a station stands, in words: below one day there is nothing to count, and silence is never "closed".
import type { Schemas } from '@/api';
import { t, tOf } from '@/i18n';
import { momentText } from '@/i18n/moments';
import type { Tone } from '@/ui/tone';

export type Station = Schemas['OverviewStation'];
export const STATION_LOOK: Record<Station['state'], { icon: string; tone: Tone }> = {
  overdue: { icon: '✕', tone: 'danger' }, clock_suspect: { icon: '!', tone: 'warn' }, invited: { icon: '○', tone: 'wait' },
  agreed_offline: { icon: '!', tone: 'wait' }, online: { icon: '✓', tone: 'ok' },
};

// Heard from today is what was agreed, though the line is not open at this moment.
export const lookOf = (station: Station): { icon: string; tone: Tone } =>
  station.state === 'agreed_offline' && station.offline_days === 0 && station.last_contact_ms !== null ? { icon: '✓', tone: 'wait' } : STATION_LOOK[station.state];

export function stationState(station: Station): string {
  if (station.state === 'agreed_offline' && station.offline_days === 0) return t(station.last_contact_ms === null ? 'overview.never' : 'overview.today');
  return tOf('station_state', station.state, { days: station.offline_days, agreed: station.agreed_days });
}
export const lastContact = (station: Station, nowMs: number): string =>
  station.last_contact_ms === null ? t('overview.never') : momentText(station.last_contact_ms, nowMs);
// Of nobody there is no share: not 0, and not 100.
export const shareText = (percent: number | null): string => (percent === null ? '—' : `${percent}%`);
// What is not complete is at least that much, or not known.
export const countText = (station: Station, value: number): string => (station.reported ? String(value) : value > 0 ? `≥${value}` : '?');
