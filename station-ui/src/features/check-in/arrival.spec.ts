import { describe, expect, it } from 'vitest';
import { arrivalText, type Arrival } from './arrival';

const came = Date.UTC(2026, 2, 5, 2, 18); // 10:18
const arrival = (more: Partial<Arrival> = {}): Arrival => ({
  appointment: null, ahead: 2, timing: 'on_time', late_min: 0, ready_at_ms: null, already: false,
  visit: { ticket: 'A013', arrived_at_ms: came } as Arrival['visit'], ...more,
});

describe('what is said of an arrival', () => {
  it('is exact in every case', () => {
    expect(arrivalText(arrival(), '李* 09:30')).toBe('李* 09:30 已签到，A013，前面 2 人');
    expect(arrivalText(arrival({ timing: 'early', ready_at_ms: Date.UTC(2026, 2, 5, 1, 15) }), '李*')).toContain('将在 09:15 后排队');
    expect(arrivalText(arrival({ timing: 'late', late_min: 22 }), '李*')).toContain('已迟到 22 分，仍可办理，排在现场号中');
    expect(arrivalText(arrival({ already: true, timing: 'late', late_min: 22 }), '李*')).toBe('10:18 已签到（A013）');
  });
});
