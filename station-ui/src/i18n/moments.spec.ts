import { afterEach, describe, expect, it } from 'vitest';
import { setLocale } from './index';
import { addDays, clockOf, dateOf, dayText, joined, momentText, secondsOf, spanText, weekdayLong, weekdayOf, weekdayText } from './moments';

const MIDNIGHT = Date.UTC(2026, 2, 4, 16, 0); // 00:00 on 5 March at the station
afterEach(() => setLocale('zh-CN'));

describe('the time of the station', () => {
  it('is UTC+8, whatever the machine thinks', () => {
    expect([dateOf(MIDNIGHT), clockOf(MIDNIGHT), secondsOf(MIDNIGHT + 1_000)]).toEqual(['2026-03-05', '00:00', '00:00:01']);
    expect(dateOf(MIDNIGHT - 1)).toBe('2026-03-04');
  });

  it('steps over the ends of months and of February', () => {
    expect([addDays('2026-02-28', 1), addDays('2028-02-28', 1), addDays('2026-03-01', -1), addDays('2026-12-31', 1)]).toEqual(['2026-03-01', '2028-02-29', '2026-02-28', '2027-01-01']);
  });

  it('is said with the day only when the day is another', () => {
    expect(momentText(MIDNIGHT, MIDNIGHT + 3_600_000)).toBe('00:00');
    expect(momentText(MIDNIGHT - 1, MIDNIGHT)).toBe('3月4日 23:59');
  });

  it('has days of the week in both languages', async () => {
    expect([weekdayText('2026-03-05'), weekdayLong('2026-03-05'), weekdayOf('2026-03-05'), dayText('2026-03-05')]).toEqual(['周四', '星期四', 4, '3月5日']);
    await setLocale('en');
    expect([weekdayText('2026-03-05'), dayText('2026-03-05')]).toEqual(['Thu', 'Mar 5']);
  });

  it('runs in minutes, from an hour on in hours, and never below nothing', () => {
    expect([spanText(271_999), spanText(3_599_000), spanText(3_871_000), spanText(-1)]).toEqual(['04:31', '59:59', '1:04:31', '00:00']);
  });
});

describe('parts of a line', () => {
  it('stand apart only where there is something', () => {
    expect([joined('a', null, '', undefined, false, 'b'), joined()]).toEqual(['a · b', '']);
  });
});
