import { describe, expect, it } from 'vitest';
import { NOW, open, saysOfItself } from '@/spec/node';
import HealthFacts from './HealthFacts.vue';

const GIB = 1024 ** 3;
const known = { version: '0.3.0', policy_version: '2026.1', disk_free_bytes: 40 * GIB, clock_suspect: false, clock_asks: false, clock_off_ms: null, counts: { saved: 128, carried: 120, received: 91, pending: 8 } };
async function told(more = {}): Promise<string[]> {
  saysOfItself({ ...known, ...more });
  return (await open(HealthFacts)).page.findAll('.health-facts > div').map((each) => each.text());
}

describe('what this machine is', () => {
  it('is its program, rules, records, space, clock and last contact', async () => {
    expect(await told({ last_contact_ms: NOW - 86_400_000 })).toEqual([
      '程序版本0.3.0', '现行规范2026.1', '本机已存128', '可用空间40.0 GB', '本机时间2026-03-05 10:42', '上次联系3月4日 10:42',
    ]);
  });

  it('says ? for what could not be read, never 0', async () => {
    const facts = await told({ counts: null, disk_free_bytes: null });
    expect(facts).toEqual(expect.arrayContaining(['本机已存?', '可用空间?']));
  });

  it('says that the clock may be wrong', async () => {
    expect(await told({ clock_suspect: true, clock_asks: true })).toContain('本机时间2026-03-05 10:42 · 可能不准');
    expect(await told({ clock_suspect: true })).toContain('本机时间2026-03-05 10:42 · 由工作人员确认，待校准');
    expect(await told({ clock_off_ms: 25 * 60_000 })).toContain('本机时间2026-03-05 10:42 · 机器的时钟快 25 分钟，已按上级时间登记（CLK-01）');
    expect(await told({ clock_off_ms: -3_600_000 })).toContain('本机时间2026-03-05 10:42 · 机器的时钟慢 60 分钟，已按上级时间登记（CLK-01）');
  });

  it('names no contact where nobody is above', async () => {
    expect((await told({ role: 'hub' })).join()).not.toContain('上次联系');
  });
});
