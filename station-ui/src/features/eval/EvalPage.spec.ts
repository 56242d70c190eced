import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useMode } from '@/composables/useMode';
import { locale, setLocale } from '@/i18n';
import { tellEvent } from '@/spec/events';
import { NOW, nodeFallsSilent, open, saysOfItself, serve, settled, written } from '@/spec/node';
import { useDevice } from '@/stores/device';
import EvalIdle from './EvalIdle.vue';
import EvalLooks from './EvalLooks.vue';
import EvalPage from './EvalPage.vue';
import EvalSaid from './EvalSaid.vue';
import LevelTiles from './LevelTiles.vue';
import ReasonForm from './ReasonForm.vue';

const REASONS = [{ code: 'long_wait', zh: '等候久', en: 'Long wait' }, { code: 'attitude', zh: '态度', en: 'Attitude' }];
const screen = (invitation: unknown = null) => ({ station: '荫营镇便民服务中心', window: 2, now_ms: NOW, hours: [{ kind: 'regular', begin: '08:30', end: '12:00' }], reasons: REASONS, invitation });
const invited = { visit: 'a7', invitation: '0'.repeat(32), until_ms: NOW + 60_000 };
beforeEach(() => {
  saysOfItself();
  useDevice().device = { device: '5f0c6d2a9b1e4f77', kind: 'eval', name: '2号', window: 2, paired: true, seen_at_ms: null } as never;
});
afterEach(async () => { await setLocale('zh-CN'); vi.useRealTimers(); });

describe('评价平板', () => {
  it('shows a clock until somebody is asked', async () => {
    serve({ 'GET /screens/eval/2': screen() });
    const { page } = await open(EvalPage);
    expect(page.find('.eval-clock').text()).toBe('10:42');
    expect(page.find('.tiles').exists()).toBe(false);
  });

  it('saves a tap at once, says so, and asks why a low one', async () => {
    const asked = serve({ 'GET /screens/eval/2': screen(invited), 'POST /evaluations': { visit: 'a7', editable_until_ms: NOW + 5_000 } });
    const { page } = await open(EvalPage);
    expect(page.find('h1').text()).toBe('您对 2号窗口 本次服务是否满意？');
    expect(page.find('[aria-pressed=true].tile').exists()).toBe(false);
    await page.find('.tile.is-2').trigger('click');
    await settled();
    expect(written(asked)[0]?.body).toMatchObject({ visit: 'a7', level: 2, reasons: [] });
    expect(page.text()).toContain('评价已存本机，谢谢您。工作人员看不到您的选择。');
    await page.findAll('[role=checkbox]')[1]?.trigger('click');
    await page.find('.reasons').trigger('submit');
    await settled();
    expect(written(asked).at(-1)?.body).toMatchObject({ level: 2, reasons: ['attitude'] });
  });

  it('gives the next person the plain look and the first language again', async () => {
    serve({ 'GET /screens/eval/2': screen(invited) });
    const { page } = await open(EvalPage);
    await page.findAll('.eval-head button')[0]?.trigger('click');
    await page.findAll('.eval-head button')[1]?.trigger('click');
    await vi.waitFor(() => expect([useMode().mode.value, locale.value]).toEqual(['elder', 'en']));
    serve({ 'GET /screens/eval/2': screen() });
    tellEvent('window');
    await vi.waitFor(() => expect([useMode().mode.value, locale.value]).toEqual(['light', 'zh-CN']));
  });

  it('without its node says so, and asks nobody', async () => {
    serve({ 'GET /screens/eval/2': screen() });
    const { page } = await open(EvalPage);
    await nodeFallsSilent();
    expect(page.find('[role=alert]').text()).toBe('与本站主机断开，请听工作人员安排');
  });
});

describe('the tiles', () => {
  it('are the five of the nation in its order, and all but the chosen one end with the time to change', async () => {
    const { page } = await open(LevelTiles, { props: { level: null, able: true } });
    expect(page.findAll('.tile').map((each) => each.text())).toEqual(['★★★★★非常满意', '★★★★满意', '★★★基本满意', '★★不满意', '★非常不满意']);
    await page.findAll('.tile')[2]?.trigger('click');
    expect(page.emitted('choose')).toEqual([[3]]);
    await page.setProps({ level: 3, able: false } as never);
    expect(page.findAll('.tile').map((each) => each.attributes('disabled') === undefined)).toEqual([false, false, true, false, false]);
  });
});

describe('the reasons', () => {
  it('are several or none, in the language of who reads them', async () => {
    const { page } = await open(ReasonForm, { props: { reasons: REASONS, chosen: ['attitude'] } });
    expect(page.findAll('[role=checkbox]').map((each) => each.attributes('aria-checked'))).toEqual(['false', 'true']);
    expect(page.find('[type=submit]').text()).toBe('提交');
    await page.setProps({ chosen: [] } as never);
    expect(page.find('[type=submit]').text()).toBe('跳过');
    await setLocale('en');
    expect(page.text()).toContain('Long wait');
  });
});

describe('what is said below', () => {
  const said = async (step: string, late = false): Promise<string> => (await open(EvalSaid, { props: { step, late, seconds: 12 } })).page.text();

  it('never claims a rating that is not saved', async () => {
    expect(await said('asking')).toBe('不评价');
    expect(await said('saving')).toBe('');
    expect(await said('saving', true)).toBe('还没有保存，请稍候…');
    expect(await said('failed')).toContain('请用凭证上的二维码评价，或告诉导办员。');
    expect(await said('already')).toContain('本次已评价，谢谢。');
    expect(await said('declined')).toContain('好的，不评价也没有关系。谢谢您。');
  });
});

describe('nobody asked', () => {
  it('names the hours of today, or that there are none', async () => {
    expect((await open(EvalIdle, { props: { window: 2, hours: [{ kind: 'regular', begin: '08:30', end: '12:00' }] } })).page.text()).toContain('工作时段 08:30–12:00');
    expect((await open(EvalIdle, { props: { window: 2, hours: [] } })).page.text()).toContain('今日不开放');
    expect((await open(EvalIdle, { props: { window: 2, hours: null } })).page.text()).not.toContain('今日不开放');
  });

  it('is there in large text and in English too', async () => {
    const { page } = await open(EvalLooks);
    await page.findAll('button')[0]?.trigger('click');
    expect(page.findAll('button')[0]?.text()).toBe('标准字号');
    await page.findAll('button')[0]?.trigger('click');
    expect(page.findAll('button')[0]?.text()).toBe('长者大字');
    expect(page.findAll('button')[1]?.attributes('lang')).toBe('en');
  });
});
