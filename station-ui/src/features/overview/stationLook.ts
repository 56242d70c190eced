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

const contactsOf = (stations: Station[], which: (station: Station) => boolean): (number | null)[] =>
  stations.filter((station) => station.state !== 'invited' && which(station)).map((station) => station.last_contact_ms);
// Of those who have reported, the one that was heard of longest ago; nothing while nobody was.
export function oldestWord(stations: Station[], nowMs: number): string {
  const heard = contactsOf(stations, (station) => station.reported && station.state !== 'online').map((at) => at ?? nowMs);
  return stations.some((station) => station.reported) ? momentText(Math.min(nowMs, ...heard), nowMs) : '';
}
// Up to when the figures of the silent ones reach, from the oldest to the newest; nothing when one was never heard.
export function wordsOfSilent(stations: Station[], nowMs: number): string {
  const heard = contactsOf(stations, (station) => !station.reported);
  const known = heard.filter((at): at is number => at !== null);
  if (known.length === 0 || known.length < heard.length) return '';
  const ends = [Math.min(...known), Math.max(...known)].map((at) => momentText(at, nowMs));
  return [...new Set(ends)].join('–');
}
