import { describe, expect, it } from 'vitest';
import { STATION_LOOK, countText, lastContact, lookOf, shareText, stationState, type Station } from './stationLook';

const NOW = Date.UTC(2026, 2, 5, 2, 42); // 10:42
const station = (more: Partial<Station> = {}): Station => ({
  node: 'a', name: '荫营镇', division: '1403', state: 'agreed_offline', last_contact_ms: Date.UTC(2026, 2, 2, 10, 20), offline_days: 2, agreed_days: 3,
  booked: 0, finished: 0, reported: false, satisfaction_pct: null, ...more,
});

describe('a station as its city sees it', () => {
  it('is told by its days without contact against what was agreed', () => {
    expect(stationState(station())).toBe('按约定离线 2 天');
    expect(stationState(station({ state: 'overdue', offline_days: 4 }))).toBe('失联 4 天（约定 3 天）');
    expect(stationState(station({ offline_days: 0 }))).toBe('今日已联系');
    expect(stationState(station({ offline_days: 0, last_contact_ms: null }))).toBe('从未联系');
    expect(stationState(station({ state: 'online' }))).toBe('在线');
  });

  it('keeps its last contact while it is silent', () => {
    expect(lastContact(station(), NOW)).toBe('3月2日 18:20');
    expect(lastContact(station({ last_contact_ms: null }), NOW)).toBe('从未联系');
  });

  it('has figures that are never 0 when they are not known', () => {
    expect(countText(station(), 0)).toBe('?');
    expect(countText(station(), 212)).toBe('≥212');
    expect(countText(station({ reported: true }), 0)).toBe('0');
  });

  it('has a share only of those who rated', () => {
    expect([shareText(null), shareText(0), shareText(97)]).toEqual(['—', '0%', '97%']);
  });

  it('is red only when somebody has to do something', () => {
    expect(STATION_LOOK.agreed_offline.tone).toBe('wait');
    expect(STATION_LOOK.overdue.tone).toBe('danger');
    expect(lookOf(station()).icon).toBe('!');
    expect(lookOf(station({ offline_days: 0 })).icon).toBe('✓');
    expect(lookOf(station({ offline_days: 0, last_contact_ms: null })).icon).toBe('!');
  });
});
