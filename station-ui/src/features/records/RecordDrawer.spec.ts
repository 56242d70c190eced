import { beforeEach, describe, expect, it } from 'vitest';
import { NOW, Refusal, open, press, saysOfItself, serve, settled, written } from '@/spec/node';
import { useNotices } from '@/stores/notices';
import { useSlipChoice } from '@/stores/slipChoice';
import CancelForm from './CancelForm.vue';
import RecordDrawer from './RecordDrawer.vue';
import RescheduleForm from './RescheduleForm.vue';

const record = (more = {}) => ({
  id: 'abcdefgh', number: '140311100-0305-0017-4', revision: 'r', item: 'SB-0101', date: '2026-03-05', window: '09:30', name: '张桂芳', document: { kind: 'resident_id', number: '140399199003070013' }, phone: '13812345678',
  channel: 'window', note: null, agent: null, to_bring: [], life: 'confirmed', tasks: [], cancel_reason: null, period: 'regular', late_entry: false, prints: 0, reschedules: 0, created_at_ms: NOW, rung: 'saved', siblings: [], acts: ['check_in', 'edit', 'reschedule', 'cancel', 'print'], ...more,
});
const answers = (more: Record<string, unknown> = {}, of = record()) => ({ 'GET /appointments/abcdefgh': of, 'GET /appointments/abcdefgh/history': { history: [] }, 'GET /slots': { slots: [] }, ...more });
const text = (): string => document.querySelector('.yz-drawer')?.textContent ?? '';
const button = (name: string) => [...document.querySelectorAll<HTMLButtonElement>('.yz-drawer button')].find((each) => each.textContent?.trim() === name);
beforeEach(() => { saysOfItself(); document.body.textContent = ''; });

describe('the drawer of a record', () => {
  it('offers only what the node lets this person do', async () => {
    serve(answers());
    await open(RecordDrawer, { props: { id: 'abcdefgh' } });
    expect(['签到', '改约', '取消预约', '办结'].map((name) => button(name) !== undefined)).toEqual([true, true, true, false]);
    document.body.textContent = '';
    serve(answers({}, record({ life: 'fulfilled', acts: ['edit', 'print'] })));
    await open(RecordDrawer, { props: { id: 'abcdefgh' } });
    expect(['签到', '改约', '取消预约', '办结'].map((name) => button(name) !== undefined)).toEqual([false, false, false, false]);
  });

  it('that could not be opened does not say that it opens', async () => {
    serve(answers({ 'GET /appointments/abcdefgh': new Refusal(404, 'NotFound', 'id', '请核对编号。', '没有找到') }));
    await open(RecordDrawer, { props: { id: 'abcdefgh' } });
    await settled();
    expect(text()).toContain('没有打开');
    expect(text()).not.toContain('正在打开');
  });

  it('tells which papers were still to be brought, and nothing of it when all were there', async () => {
    serve(answers({}, record({ to_bring: ['户口本', '银行卡复印件'] })));
    await open(RecordDrawer, { props: { id: 'abcdefgh' } });
    expect(text()).toContain('待带材料户口本 · 银行卡复印件');
    document.body.textContent = '';
    serve(answers());
    await open(RecordDrawer, { props: { id: 'abcdefgh' } });
    expect(text()).not.toContain('待带材料');
  });

  it('tells who acts for the resident, masked until somebody asks', async () => {
    const agent = { name: '李明', document: { kind: 'resident_id', number: '140399195001010019' }, phone: '13900005679', basis: 'power_of_attorney', valid_until: '2026-03-31' };
    serve(answers({}, record({ agent })));
    await open(RecordDrawer, { props: { id: 'abcdefgh' } });
    expect(text()).toContain('代办人李明 · 委托书 · 至 3月31日');
    expect(text()).not.toContain(agent.document.number);
    expect(text()).toContain('139****5679');
    press('KeyV', { altKey: true });
    await settled();
    expect(text()).toContain(agent.document.number);
    expect(text()).toContain(agent.phone);
  });

  it('of a reader has nothing to press', async () => {
    serve(answers({}, record({ acts: ['edit'] })));
    await open(RecordDrawer, { props: { id: 'abcdefgh' } });
    expect(['签到', '改约', '取消预约', '补打'].map((name) => button(name))).toEqual([undefined, undefined, undefined, undefined]);
  });

  it('marks by hand who did not come while the node was away, and the lead forgives it', async () => {
    const asked = serve(answers({ 'POST /appointments/abcdefgh/no-show': record() }, record({ acts: ['check_in', 'no_show'] })));
    await open(RecordDrawer, { props: { id: 'abcdefgh' } });
    expect(text()).toContain('本机没有自动判定');
    button('标记爽约')?.click();
    await settled();
    expect(written(asked)[0]?.path).toBe('/appointments/abcdefgh/no-show');
    document.body.textContent = '';
    const again = serve(answers({ 'POST /appointments/abcdefgh/excuse': record() }, record({ life: 'no_show', acts: ['excuse'] })));
    await open(RecordDrawer, { props: { id: 'abcdefgh' } });
    button('爽约谅解')?.click();
    await settled();
    const reason = document.querySelector<HTMLInputElement>('[name=excuse]');
    button('确认谅解')?.click();
    await settled();
    expect(text()).toContain('请写明谅解的原因。');
    if (!reason) throw new Error('no field');
    reason.value = '雨天路断';
    reason.dispatchEvent(new Event('input'));
    button('确认谅解')?.click();
    await settled();
    expect(written(again)[0]?.body).toEqual({ reason: '雨天路断' });
  });

  it('says why an act was refused and stays open', async () => {
    serve(answers({ 'POST /appointments/abcdefgh/check-in': new Refusal(409, 'Conflict', 'id', '这次没有保存。', '记录已有变化') }));
    await open(RecordDrawer, { props: { id: 'abcdefgh' } });
    button('签到')?.click();
    await settled();
    expect(text()).toContain('记录已有变化。这次没有保存。（Conflict）');
    expect(text()).toContain('张桂芳');
  });

  it('says that an act is saved before it reads what changed', async () => {
    serve(answers({ 'POST /appointments/abcdefgh/check-in': {} }));
    await open(RecordDrawer, { props: { id: 'abcdefgh' } });
    serve(answers({ 'POST /appointments/abcdefgh/check-in': {}, 'GET /appointments/abcdefgh': () => new Promise(() => {}) }));
    button('签到')?.click();
    await settled();
    expect(useNotices().notices.map((notice) => notice.text)).toEqual(['已存本机']);
    serve(answers({ 'POST /appointments/abcdefgh/check-in': {} }, record({ life: 'checked_in', acts: ['finish', 'edit', 'print'] })));
    document.body.textContent = '';
    await open(RecordDrawer, { props: { id: 'abcdefgh' } });
    expect(button('签到')).toBeUndefined();
  });

  it('prints its slip again', async () => {
    const asked = serve(answers({ 'POST /slips': { slip: 'f'.repeat(32), pages: 1, copy: 2, printed: true, problem: null, numbers: [] } }));
    await open(RecordDrawer, { props: { id: 'abcdefgh' } });
    button('补打')?.click();
    await settled();
    expect(written(asked)[0]?.body).toEqual({ kind: 'appointment', id: 'abcdefgh', paper: '80mm' });
    useSlipChoice().choice = 'a5';
    button('补打')?.click();
    await settled();
    expect(written(asked)[1]?.body).toMatchObject({ paper: 'a5' });
  });
});

describe('a cancel', () => {
  it('is not sent without a reason of the list', async () => {
    const { page } = await open(CancelForm, { props: { busy: false } });
    await page.find('form').trigger('submit');
    expect(page.emitted('cancel')).toBeUndefined();
    expect(page.text()).toContain('请选择取消原因。');
    await page.find('[name=reason]').setValue('client_request');
    await page.find('form').trigger('submit');
    expect(page.emitted('cancel')).toEqual([['client_request']]);
  });
});

describe('a reschedule', () => {
  it('offers what is free, and never the place where it is', async () => {
    const slot = (window: string, free: number) => ({ window, period: 'regular', capacity: 10, taken: 0, free, cutoff_ms: null, over: false });
    serve({ 'GET /slots': { slots: [slot('09:00', 0), slot('09:30', 3), slot('10:00', 2)] } });
    const { page } = await open(RescheduleForm, { props: { date: '2026-03-05', window: '09:30', earliest: '2026-03-05', busy: false } });
    expect(page.findAll('[name=window] option').map((each) => each.text())).toEqual(['10:00 余 2']);
    await page.find('form').trigger('submit');
    expect(page.emitted('move')).toEqual([['2026-03-05', '10:00']]);
  });

  it('of a day without a place says so', async () => {
    serve({ 'GET /slots': { slots: [] } });
    const { page } = await open(RescheduleForm, { props: { date: '2026-03-05', window: '09:30', earliest: '2026-03-05', busy: false } });
    expect(page.text()).toContain('当日没有可约时段，请另选日期。');
  });
});
