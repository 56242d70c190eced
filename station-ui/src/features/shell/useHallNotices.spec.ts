import { expect, it, vi } from 'vitest';
import type { NodeEvent } from '@/api';
import { mounted } from '@/spec/mounted';
import { useNotices } from '@/stores/notices';
import { useHallNotices } from './useHallNotices';

const told: ((event: NodeEvent) => void)[] = [];
vi.mock('@/api', async (original) => ({
  ...await original<typeof import('@/api')>(),
  listen: (listener: (event: NodeEvent) => void) => { told.push(listener); return () => { told.pop(); }; },
}));

it('tells which machine did not print, and why', () => {
  const { end } = mounted(useHallNotices);
  told[0]?.({ name: 'queue', data: { revision: 1 } });
  expect(useNotices().notices).toEqual([]);
  told[0]?.({ name: 'device', data: { device: '00', kind: 'ticket', name: '取号机一号', problem: 'paper_out' } });
  expect(useNotices().notices[0]?.text).toBe('取号机一号没有打印：打印机缺纸。号码已在屏上显示。');
  end();
  expect(told).toEqual([]);
});
