import { describe, expect, it } from 'vitest';
import { countText, lastContact, oldestWord, shareText, stationLook, wordsOfSilent, type Station } from './stationLook';

const NOW = Date.UTC(2026, 2, 5, 2, 42); // 10:42
const station = (more: Partial<Station> = {}): Station => ({
  node: 'a', name: '荫营镇', division: '1403', state: 'agreed_offline', last_contact_ms: Date.UTC(2026, 2, 2, 10, 20), offline_days: 2, agreed_days: 3,
  booked: 0, finished: 0, reported: false, satisfaction_pct: null, ...more,
});
const look = (more: Partial<Station> = {}): string => {
  const { icon, text } = stationLook(station(more), NOW);
  return `${icon} ${text}`;
};

describe('a station as its city sees it', () => {
  it('is told by its days without contact against what was agreed', () => {
    expect(look()).toEqual('! 按约定离线 2 天');
    expect(look({ state: 'overdue', offline_days: 4 })).toBe('✕ 失联 4 天（约定 3 天）');
    expect(look({ offline_days: 0, last_contact_ms: null })).toBe('○ 从未联系');
    expect(look({ state: 'online' })).toBe('✓ 在线');
  });

  it('has no mark of warning on a day on which it was heard of', () => {
    expect(look({ offline_days: 0, last_contact_ms: NOW - 60_000 })).toBe('✓ 今日已联系');
    expect(look({ offline_days: 0, last_contact_ms: NOW - 11 * 3_600_000 })).toBe('○ 昨日已联系');
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
    expect(stationLook(station(), NOW).tone).toBe('wait');
    expect(stationLook(station({ state: 'overdue' }), NOW).tone).toBe('danger');
  });

  it('is as old as the oldest word of those who have reported', () => {
    const heard = (minutes: number, more: Partial<Station> = {}): Station => station({ reported: true, last_contact_ms: NOW - minutes * 60_000, ...more });
    expect(oldestWord([heard(3), heard(12)], NOW)).toBe('10:30');
    expect(oldestWord([heard(12, { state: 'online' })], NOW)).toBe('10:42'); // spoken to now, whenever it began
    expect(oldestWord([heard(3), heard(400, { reported: false })], NOW)).toBe('10:39');
    expect(oldestWord([station()], NOW)).toBe('');
  });

  it('is known up to its last word while it is silent, and not at all when it never spoke', () => {
    const older = station({ last_contact_ms: Date.UTC(2026, 2, 1, 1, 0) });
    expect(wordsOfSilent([station(), older, station({ state: 'invited', last_contact_ms: null })], NOW)).toBe('3月1日 09:00–3月2日 18:20');
    expect(wordsOfSilent([station()], NOW)).toBe('3月2日 18:20');
    expect(wordsOfSilent([station(), station({ last_contact_ms: null })], NOW)).toBe('');
    expect(wordsOfSilent([station({ reported: true })], NOW)).toBe('');
  });
});
