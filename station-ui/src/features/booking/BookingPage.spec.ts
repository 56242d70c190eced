import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Refusal, open, press, saysOfItself, serve, settled, written, type Asked, type Page } from '@/spec/node';
import { useNotices } from '@/stores/notices';
import BookingPage from './BookingPage.vue';

const slot = (window: string, free: number) => ({ window, period: 'regular', capacity: 10, taken: 0, free, cutoff_ms: null, over: false });
const day = (date: string) => ({ date, kind: 'workday', name: '', known: true, weekday: 4, periods: [{ kind: 'regular', begin: '08:30', end: '12:00', booking_only: false, bookable: true, cutoff_ms: null, over: false }] });
const saved = { id: 'abc', number: '140311100-0305-0017-4', life: 'confirmed' };
const slip = { slip: 'f'.repeat(32), pages: 1, copy: 1, printed: true, problem: null, numbers: [] };
const answers = (more: Record<string, unknown> = {}) => ({
  'GET /items': { items: [{ code: 'SB-0101', name: '城乡居民养老保险参保登记', group: '社保', materials: ['身份证', '户口本', '银行卡复印件'], upstream: false }] }, 'GET /calendar': { days: [day('2026-03-05')] },
  'GET /slots': { slots: [slot('09:00', 0), slot('09:30', 4), slot('10:00', 1)] }, 'POST /appointments': saved, 'POST /slips': slip, ...more,
});
let clock = 0;
beforeEach(() => {
  localStorage.clear();
  saysOfItself();
  clock += 100_000;
  vi.spyOn(performance, 'now').mockImplementation(() => clock);
});

async function at(more: Record<string, unknown> = {}): Promise<Page & { asked: Asked[] }> {
  const asked = serve(answers(more));
  return { ...(await open(BookingPage)), asked };
}
async function fill(page: Page['page']): Promise<void> {
  await page.find('[name=name]').setValue('张桂芳');
  await page.find('[name=number]').setValue('140399199003070013');
  await page.find('[name=phone]').setValue('13812345678');
  await page.find('[role=combobox] input, input[role=combobox], .item-picker input').setValue('养老');
  await page.find('.item-picker').trigger('keydown', { code: 'Enter' });
}
const valueOf = (page: Page['page'], name: string): string => (page.find(`[name=${name}]`).element as HTMLInputElement).value;

describe('预约登记', () => {
  it('says before it saves what will be created, and at which place', async () => {
    const { page } = await at();
    expect(page.find('.booking-promise').text()).toContain('将生成：已确认预约（本站余号，断网有效）');
    expect(page.find('.booking-promise').text()).toContain('09:30');
    expect(page.find('.booking-promise').classes()).toContain('tone-ok');
  });

  it('promises nothing while no place is free', async () => {
    const { page } = await at({ 'GET /slots': { slots: [slot('09:00', 0)] } });
    expect(page.find('.booking-promise').text()).toContain('请选一个有余号的时段');
  });

  it('is saved and printed by F9, tells its number, and begins anew at the name', async () => {
    const { page, asked } = await at();
    await fill(page);
    press('F9');
    await settled();
    expect(written(asked).map((one) => one.path)).toEqual(['/appointments', '/slips']);
    expect(written(asked)[0]?.body).toMatchObject({ item: 'SB-0101', date: '2026-03-05', window: '09:30', name: '张桂芳', phone: '13812345678' });
    expect(useNotices().notices[0]?.text).toBe('已存本机 · 预约号 140311100-0305-0017-4 · 已确认');
    expect(valueOf(page, 'name')).toBe('');
    expect(document.activeElement?.getAttribute('name')).toBe('name');
  });

  it('prints what is chosen at this counter, and nothing when that is chosen', async () => {
    const { page, asked } = await at();
    const choose = async (value: string): Promise<void> => { await page.find(`[name=slip][value="${value}"]`).setValue(true); };
    expect((page.find('[name=slip][value="80mm"]').element as HTMLInputElement).checked).toBe(true);
    await choose('a5');
    await fill(page);
    press('F9');
    await settled();
    expect(written(asked)[1]).toMatchObject({ path: '/slips', body: { kind: 'appointment', id: 'abc', paper: 'a5' } });
    await choose('none');
    expect(page.find('button[type=submit]').text()).toBe('F9保存');
    clock += 1_000;
    await fill(page);
    press('F9');
    await settled();
    expect(written(asked).map((one) => one.path)).toEqual(['/appointments', '/slips', '/appointments']);
  });

  it('takes down which papers are still to be brought, and begins the next with none', async () => {
    const { page, asked } = await at();
    expect(page.find('.item-needs').exists()).toBe(false);
    await fill(page);
    await page.findAll('.item-need').find((each) => each.text() === '银行卡复印件')?.trigger('click');
    press('KeyS', { ctrlKey: true });
    await settled();
    expect(written(asked)[0]?.body).toMatchObject({ to_bring: ['银行卡复印件'] });
    clock += 1_000;
    await fill(page);
    press('KeyS', { ctrlKey: true });
    await settled();
    expect(written(asked)[1]?.body).not.toHaveProperty('to_bring');
  });

  it('is saved by Ctrl+S without paper', async () => {
    const { page, asked } = await at();
    await fill(page);
    press('KeyS', { ctrlKey: true });
    await settled();
    expect(written(asked).map((one) => one.path)).toEqual(['/appointments']);
  });

  it('that lacks something sends nothing, and goes to the first field at fault', async () => {
    const { page, asked } = await at();
    press('F9');
    await settled();
    expect(written(asked)).toEqual([]);
    expect(page.text()).toContain('请按证件填写姓名。');
    expect(document.activeElement?.getAttribute('name')).toBe('name');
  });

  it('that got no answer claims nothing, and keeps every word', async () => {
    const { page } = await at({ 'POST /appointments': undefined });
    await fill(page);
    press('F9');
    await settled();
    expect(page.find('.booking-problem.tone-danger').text()).toContain('NET-02');
    expect(useNotices().notices).toEqual([]);
    expect(valueOf(page, 'name')).toBe('张桂芳');
  });

  it('of the same item twice leads to the original', async () => {
    const { page, router } = await at({ 'POST /appointments': new Refusal(409, 'Conflict', 'duplicate/mfzg'), 'POST /lookup': { matches: [{ id: 'other', date: '2026-03-06', window: '08:30' }, { id: 'mfzg', date: '2026-03-05', window: '09:30' }] } });
    await fill(page);
    press('F9');
    await settled();
    expect(page.text()).toContain('该居民 3月5日 09:30 已约同一事项。没有保存。');
    await page.findAll('button').find((each) => each.text() === '打开原预约')?.trigger('click');
    await settled();
    expect(router.currentRoute.value.path).toBe('/records/mfzg');
  });

  it('of a full place takes the nearest certain one with Alt+1', async () => {
    const { page, asked } = await at();
    await fill(page);
    serve(answers({ 'GET /slots': { slots: [slot('09:30', 0), slot('10:00', 1)] }, 'POST /appointments': new Refusal(409, 'NoCapacity', 'window') }));
    press('F9');
    await settled();
    expect(page.text()).toContain('按 Alt+1 选用');
    const again = serve(answers({ 'GET /slots': { slots: [slot('09:30', 0), slot('10:00', 1)] } }));
    clock += 1_000;
    press('Digit1', { altKey: true });
    await settled();
    press('KeyS', { ctrlKey: true });
    await settled();
    expect(written(again)[0]?.body).toMatchObject({ window: '10:00', name: '张桂芳' });
    expect(written(asked)).toEqual([]);
  });

  it('writes nothing while the node cannot save', async () => {
    const { page, asked } = await at();
    await fill(page);
    saysOfItself({ can_save: false });
    await settled();
    expect(page.find('button[type=submit]').attributes('disabled')).toBeDefined();
    press('F9');
    await settled();
    expect(written(asked)).toEqual([]);
    expect(valueOf(page, 'name')).toBe('张桂芳');
  });

  it('goes back to the counter with Esc', async () => {
    const { router } = await at();
    await router.push('/book');
    press('Escape');
    await settled();
    expect(router.currentRoute.value.path).toBe('/');
  });
});
