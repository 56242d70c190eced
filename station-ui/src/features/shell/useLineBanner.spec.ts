import { effectScope } from 'vue';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { NOW, saysOfItself } from '@/spec/node';
import { useNode } from '@/stores/node';
import { useLineBanner } from './useLineBanner';

const DOWN = '市级网络未连通。登记、签到、叫号、评价照常，数据存在本机；恢复后自动上报。';
let scope = effectScope();
beforeEach(() => { vi.useFakeTimers(); vi.setSystemTime(NOW); scope = effectScope(); });
afterEach(() => { scope.stop(); vi.useRealTimers(); });
function at(ms: number, more: Parameters<typeof saysOfItself>[0]): void {
  vi.setSystemTime(NOW + ms);
  saysOfItself({ now_ms: NOW + ms, ...more });
  const stop = useNode().start();
  vi.advanceTimersByTime(1_000);
  stop();
}
const banner = (): ReturnType<typeof useLineBanner> => scope.run(() => useLineBanner()) as ReturnType<typeof useLineBanner>;

describe('the banner of the line', () => {
  it('comes once the line has been down for a minute, in exactly these words', () => {
    at(0, { connected: false, last_contact_ms: NOW });
    const { text } = banner();
    expect(text.value).toBe('');
    at(58_000, { connected: false, last_contact_ms: NOW });
    expect(text.value).toBe('');
    at(60_000, { connected: false, last_contact_ms: NOW });
    expect(text.value).toBe(DOWN);
  });

  it('is closed by hand for this outage, and comes with the next', () => {
    at(61_000, { connected: false, last_contact_ms: NOW });
    const { text, close } = banner();
    expect(text.value).toBe(DOWN);
    close();
    expect(text.value).toBe('');
    at(70_000, { connected: true });
    close();
    at(140_000, { connected: false, last_contact_ms: NOW + 70_000 });
    expect(text.value).toBe(DOWN);
  });

  it('leaves by itself with a word about what is being sent', () => {
    at(61_000, { connected: false, last_contact_ms: NOW });
    const { text } = banner();
    at(63_000, { connected: true, chip: { state: 'sending', pending: 37, to_city: 37, since_ms: null, days: 0, agreed_days: 3 } });
    expect(text.value).toBe('已恢复连通，正在上报 37 条。');
    at(90_000, { connected: true });
    expect(text.value).toBe('');
  });

  it('is not for the hub, which has nobody above it', () => {
    at(61_000, { role: 'hub', connected: false, last_contact_ms: NOW });
    expect(banner().text.value).toBe('');

  });
});
