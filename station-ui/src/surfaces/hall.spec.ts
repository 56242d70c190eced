import { mount } from '@vue/test-utils';
import { beforeEach, describe, expect, it } from 'vitest';
import { NOW, saysOfItself, serve, settled } from '@/spec/node';
import DisplayApp from './display/DisplayApp.vue';
import EvalApp from './eval/EvalApp.vue';
import TicketApp from './ticket/TicketApp.vue';

const device = (kind: string) => ({ device: '5f0c6d2a9b1e4f77', kind, name: '大厅', window: kind === 'eval' ? 2 : null, paired: true, seen_at_ms: null });
beforeEach(() => saysOfItself());

describe('the surfaces of the hall', () => {
  it.each([['display', DisplayApp, '.display', '/screens/display'], ['eval', EvalApp, '.eval', '/screens/eval/2'], ['ticket', TicketApp, '.ticket', '/screens/ticket']] as const)('show %s its own page, and ask for that alone', async (kind, app, name, path) => {
    const asked = serve({ 'GET /device': device(kind), 'GET /status': { role: 'station', now_ms: NOW, chip: null } });
    const page = mount(app);
    await settled();
    expect(page.find(name).exists()).toBe(true);
    expect([...new Set(asked.map((one) => one.path))].sort()).toEqual(['/device', path, '/status'].sort());
  });
});
