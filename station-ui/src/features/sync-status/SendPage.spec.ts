import { beforeEach, describe, expect, it } from 'vitest';
import { NOW, open, saysOfItself, serve, settled } from '@/spec/node';
import { useNotices } from '@/stores/notices';
import SendPage from './SendPage.vue';

const state = (more = {}) => ({
  counts: { saved: 128, carried: 120, received: 91, pending: 8 }, to_city: 37, by_kind: [{ kind: 'appointment', pending: 8 }], oldest_pending_ms: Date.UTC(2026, 2, 2, 10, 24),
  routes: [{ name: '郊区', role: 'district', connected: false, last_contact_ms: Date.UTC(2026, 2, 2, 10, 20) }], log: [{ at_ms: NOW, peer: '5f0c6d2a', event: 'sent', changes: 12, bytes: 0, detail: '' }], chip: {}, ...more,
});
beforeEach(() => saysOfItself({ counts: null }));

describe('数据上报', () => {
  it('tells three durable facts apart, what has not left, and since when', async () => {
    serve({ 'GET /sync': state() });
    const { page } = await open(SendPage);
    expect(page.findAll('.send-steps li').map((step) => step.text())).toEqual(['本机已存128', '县区已收120', '市级已收91']);
    expect(page.text()).toContain('预约8');
    expect(page.text()).toContain('最早一条 3月2日 18:24');
    expect(page.text()).toContain('未连通，上次联系 3月2日 18:20');
    expect(page.text()).toContain('对方已收到本机数据');
  });

  it('shows ? for what could not be counted, never 0', async () => {
    serve({ 'GET /sync': state({ counts: null }) });
    expect((await open(SendPage)).page.findAll('.send-steps strong').map((each) => each.text())).toEqual(['?', '?', '?']);
  });

  it('tries at once when asked to, and says when there is no line', async () => {
    serve({ 'GET /sync': state(), 'POST /sync/try': { started: false } });
    const { page } = await open(SendPage);
    await page.find('button').trigger('click');
    await settled();
    expect(useNotices().notices[0]?.text).toBe('市级未应答，已转为离线。数据在本机，稍后自动重试。（NET-01）');
  });
});
