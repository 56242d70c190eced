import { describe, expect, it } from 'vitest';
import { open, saysOfItself, serve } from '@/spec/node';
import TodayLine from './TodayLine.vue';

const slot = (free: number, over = false) => ({ window: '10:00', free, taken: 0, over, period: 'regular' });
const periods = [{ kind: 'regular', begin: '08:30', end: '12:00' }, { kind: 'noon', begin: '12:00', end: '14:30' }];

describe('the line above the workbench', () => {
  it('tells the period, the places of this station, what comes next and the standard', async () => {
    serve({ 'GET /slots': { slots: [slot(4), slot(10), slot(6, true)] }, 'GET /calendar': { days: [{ date: '2026-03-05', periods }] } });
    saysOfItself({ policy_version: '2026.1' });
    const { page } = await open(TodayLine);
    expect(page.text()).toBe('现在是工作时段 · 余号: 本站 14 · 午间无休（12:00 起）规范 2026.1 生效中');
  });

  it('leaves out what it could not read', async () => {
    serve({});
    saysOfItself({ period: null, policy_version: '2026.1' });
    const { page } = await open(TodayLine);
    expect(page.text()).toBe('现在不在服务时段规范 2026.1 生效中');
  });
});
