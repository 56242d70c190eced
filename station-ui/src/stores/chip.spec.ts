import { describe, expect, it } from 'vitest';
import { CHIP_LOOK, chipText, type Chip } from './chip';

const NOW = Date.UTC(2026, 2, 4, 2, 42); // 10:42 on 4 March
const chip = (state: Chip['state'], more: Partial<Chip> = {}): Chip =>
  ({ state, pending: 0, to_city: 0, since_ms: Date.UTC(2026, 2, 2, 10, 20), days: 1, agreed_days: 3, ...more });

describe('the chip', () => {
  it('says each state in the exact words', () => {
    expect(chipText(chip('received'), NOW)).toBe('已连通 · 市级已全部接收');
    expect(chipText(chip('sending', { pending: 12 }), NOW)).toBe('已连通 · 正在上报，剩 12 条');
    expect(chipText(chip('district_only', { to_city: 12 }), NOW)).toBe('县区已接收，待市级 12 条');
    expect(chipText(chip('offline', { pending: 37 }), NOW)).toBe('离线工作中 · 37 条待上报 · 上次联系 3月2日 18:20');
    expect(chipText(chip('offline', { since_ms: NOW - 37 * 60_000 }), NOW)).toBe('离线工作中 · 没有待上报 · 上次联系 10:05');
    expect(chipText(chip('overdue', { days: 4 }), NOW)).toBe('离线 4 天（约定 3 天）· 请用U盘上报');
    expect(chipText(chip('unknown', { pending: null }), NOW)).toBe('待上报数量读取失败，登记不受影响');
    expect(chipText(chip('cannot_save'), NOW)).toBe('无法保存，请停止登记');
  });

  it('is never red for a line that is down', () => {
    expect(CHIP_LOOK.offline.tone).toBe('wait');
    expect(CHIP_LOOK.overdue.tone).toBe('warn');
    expect(CHIP_LOOK.cannot_save.tone).toBe('danger');
  });
});
