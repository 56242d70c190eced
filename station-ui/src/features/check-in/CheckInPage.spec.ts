import { beforeEach, describe, expect, it, vi } from 'vitest';
import { NOW, open, press, saysOfItself, serve, settled, written, type Asked, type Page } from '@/spec/node';
import CheckInPage from './CheckInPage.vue';

const match = (id: string, name = '李*', more = {}) => ({ ...more, id, number: id, item: 'SB-0101', date: '2026-03-05', window: '09:30', name, phone_tail: '5678', life: 'confirmed', rung: 'received', tasks: [], station: '1403', period: 'regular' });
const found = (...matches: unknown[]) => ({ kind: 'phone_tail', matches, bad_code: false });
const arrival = { appointment: null, visit: { id: 'v', ticket: 'A013', arrived_at_ms: NOW }, ahead: 2, timing: 'on_time', late_min: 0, ready_at_ms: null, already: false };
const slip = { slip: 'f'.repeat(32), pages: 1, copy: 1, printed: false, problem: 'paper_out', numbers: [] };
let clock = 0;
beforeEach(() => {
  saysOfItself();
  clock += 100_000;
  vi.spyOn(performance, 'now').mockImplementation(() => clock);
});
async function at(more: Record<string, unknown> = {}): Promise<Page & { asked: Asked[] }> {
  const asked = serve({ 'GET /items': { items: [{ code: 'SB-0101', name: '养老保险', group: '社保' }, { code: 'HJ-0101', name: '户口迁移', group: '户籍' }] }, ...more });
  return { ...(await open(CheckInPage)), asked };
}
const box = (page: Page['page']) => page.find('[name=arrival]');
async function type(page: Page['page'], text: string): Promise<void> {
  await box(page).setValue(text);
  await box(page).trigger('keydown.enter');
  await settled();
}

describe('签到', () => {
  it('listens at once, and the digits of one person are enough', async () => {
    const { page, asked } = await at({ 'POST /lookup': found(match('a')), 'POST /appointments/a/check-in': arrival });
    expect(document.activeElement).toBe(box(page).element);
    await type(page, '5678');
    expect(written(asked).map((one) => one.path)).toEqual(['/lookup', '/appointments/a/check-in']);
    expect(page.find('.check-in-said').text()).toBe('✓ 李* · 09:30 · 社保 已签到，A013，前面 2 人');
  });

  it('says that the time may be wrong where the clock is suspect, and only then', async () => {
    const answers = { 'POST /lookup': found(match('a')), 'POST /appointments/a/check-in': arrival };
    const words = '本机时间可能不准，签到时间已按登记顺序记录。';
    const { page } = await at(answers);
    await type(page, '5678');
    expect(page.text()).not.toContain(words);
    saysOfItself({ clock_suspect: true });
    await settled();
    expect(page.text()).toContain(words);
  });

  it('keeps what is typed about the next person while this one is looked up', async () => {
    let answer: (value: unknown) => void = () => {};
    const { page, asked } = await at({ 'POST /lookup': () => new Promise((done) => { answer = done; }), 'POST /appointments/a/check-in': arrival });
    await type(page, '5678');
    const field = box(page).element as HTMLInputElement;
    expect([field.selectionStart, field.selectionEnd]).toEqual([0, 4]); // what comes next takes its place
    await type(page, '5679');
    answer(found(match('a')));
    await settled();
    expect(field.value).toBe('5679');
    answer(found());
    await settled();
    expect(asked.filter((one) => one.path === '/lookup').map((one) => one.body?.['text'])).toEqual(['5678', '5679']);
    expect(page.find('.check-in-said').text()).toContain('没有找到可签到的预约。可现场取号。');
  });

  it('of two with the same digits is chosen by ↓ and Enter', async () => {
    const { page, asked } = await at({ 'POST /lookup': found(match('a'), match('b', '王*', { agent: '赵*' })), 'POST /appointments/b/check-in': arrival });
    await type(page, '5678');
    expect(page.findAll('[role=option]').map((each) => each.attributes('aria-selected'))).toEqual(['true', 'false']);
    expect(page.findAll('[role=option]').map((each) => each.text().includes('代办 赵*'))).toEqual([false, true]);
    await box(page).trigger('keydown.down');
    await box(page).trigger('keydown.enter');
    await settled();
    expect(written(asked).at(-1)?.path).toBe('/appointments/b/check-in');
    expect(page.find('[role=option]').exists()).toBe(false);
  });

  it('that found nobody says so, and what is typed next takes it away', async () => {
    const { page } = await at({ 'POST /lookup': found() });
    await type(page, '9999');
    expect(page.find('.check-in-said').text()).toContain('没有找到可签到的预约。可现场取号。');
    await box(page).setValue('1');
    expect(page.find('.check-in-said').exists()).toBe(false);
  });

  it('without an answer claims nobody to have come', async () => {
    const { page } = await at();
    await type(page, '5678');
    expect(page.find('.check-in-said').classes()).toContain('tone-danger');
    expect(page.text()).not.toContain('已签到');
  });

  it('prints the ticket with F9 when there is one, and says why it did not', async () => {
    const { page, asked } = await at({ 'POST /lookup': found(match('a')), 'POST /appointments/a/check-in': arrival, 'POST /slips': slip });
    press('F9');
    await settled();
    expect(asked.some((one) => one.path === '/slips')).toBe(false);
    await type(page, '5678');
    clock += 1_000;
    press('F9');
    await settled();
    expect(asked.at(-1)?.body).toEqual({ kind: 'ticket', id: 'v', paper: '80mm' });
    expect(page.find('.yz-print-bar').text()).toContain('缺纸');
  });

  it('gives a walk-in number for an item with its priority', async () => {
    const { page, asked } = await at({ 'POST /visits': { ...arrival, timing: 'none' } });
    press('KeyN', { altKey: true });
    await settled();
    const [item, priority] = page.findAll('.check-in-ticket select');
    await item?.setValue('HJ-0101');
    await priority?.setValue('elder');
    await page.find('.check-in-ticket').trigger('submit');
    await settled();
    expect(written(asked)[0]?.body).toEqual({ item: 'HJ-0101', priority: 'elder' });
    expect(page.find('.check-in-ticket').exists()).toBe(false);
  });

  it('takes no number while the node cannot save', async () => {
    saysOfItself({ can_save: false });
    const { page } = await at();
    press('KeyN', { altKey: true });
    await settled();
    expect(page.find('.check-in-ticket button').attributes('disabled')).toBeDefined();
  });
});
