import { beforeEach, describe, expect, it, vi } from 'vitest';
import { NOW, open, press, saysOfItself, serve, settled, written } from '@/spec/node';
import { useDivisions } from '@/stores/divisions';
import RecordFacts from './RecordFacts.vue';
import RecordTable from './RecordTable.vue';
import RecordsPage from './RecordsPage.vue';

const row = (number: number) => ({ id: `a${number}`, number: `n${number}`, item: 'SB-0101', window: '09:30', name: '张*', phone_tail: '5678', life: 'confirmed', rung: 'saved' });
const record = {
  id: 'abcdefgh', number: 'n1', revision: 'r', item: 'SB-0101', date: '2026-03-05', window: '09:30', name: '张桂芳', document: { kind: 'resident_id', number: '140399199003070013' }, phone: '13812345678',
  channel: 'window', note: null, agent: null, to_bring: [], life: 'confirmed', tasks: [], cancel_reason: null, period: 'regular', late_entry: true, prints: 0, reschedules: 0, created_at_ms: NOW, rung: 'saved', siblings: [],
};
beforeEach(() => saysOfItself());

describe('a list of records', () => {
  it('of ten thousand draws no more rows than fit', async () => {
    const { page } = await open(RecordTable, { props: { rows: Array.from({ length: 10_000 }, (_, at) => row(at)) } });
    expect(page.findAll('tbody tr:not(.record-gap)').length).toBeLessThanOrEqual(60);
    expect(page.find('table').attributes('aria-rowcount')).toBe('10001');
  });

  it('names who acts for somebody beside them', async () => {
    const { page } = await open(RecordTable, { props: { rows: [row(1), { ...row(2), agent: '李*' }] } });
    expect(page.findAll('tbody tr').map((each) => each.findAll('td')[1]?.text())).toEqual(['张*', '张* 代办 李*']);
  });

  it('gives a long name no more room than others, and the whole of it to whoever asks', async () => {
    const long = `名${'*'.repeat(63)}`;
    const { page } = await open(RecordTable, { props: { rows: [{ ...row(1), name: long }, { ...row(2), agent: '李*' }] } });
    expect(page.findAll('.record-name').map((each) => each.attributes('title'))).toEqual([long, '张* · 代办 李*']);
  });

  it('is quiet about what the city has, and shows what it does not have yet', async () => {
    const { page } = await open(RecordTable, { props: { rows: ['saved', 'carried', 'received'].map((rung, at) => ({ ...row(at), rung })) } });
    const last = page.findAll('tbody tr').map((each) => each.find('td:last-child'));
    expect(last.map((each) => each.find('.yz-badge').exists())).toEqual([true, true, false]);
    expect(last.map((each) => each.text())).toEqual(['○ 已存本机', '◐ 县区已收', '市级已收']); // the last one is heard only
    expect(last[2]?.find('.sr-only').exists()).toBe(true);
  });

  it('says whose each record is where there are several stations, by name', async () => {
    serve({ 'GET /divisions': { divisions: [{ path: '1403/140311/140311100', code: '140311100', name: '荫营镇' }] } });
    await useDivisions().load();
    const rows = [{ ...row(1), station: '1403/140311/140311100' }];
    const columns = async (): Promise<string[]> => (await open(RecordTable, { props: { rows } })).page.findAll('th, td').map((each) => each.text());
    expect(await columns()).not.toContain('荫营镇');
    saysOfItself({ role: 'hub' });
    expect(await columns()).toEqual(expect.arrayContaining(['站点', '荫营镇']));
  });

  it('is walked by keys, and opened by Enter', async () => {
    const { page } = await open(RecordTable, { props: { rows: [row(1), row(2), row(3)] } });
    await page.find('.record-table').trigger('keydown', { code: 'ArrowDown' });
    await page.find('.record-table').trigger('keydown', { code: 'ArrowDown' });
    await page.find('.record-table').trigger('keydown', { code: 'ArrowDown' });
    await page.find('.record-table').trigger('keydown', { code: 'ArrowUp' });
    await page.find('.record-table').trigger('keydown', { code: 'Enter' });
    expect(page.emitted('open')).toEqual([['a2']]);
  });
});

describe('one record', () => {
  it('shows no whole number until it is asked to, and hides it after 30 s', async () => {
    const { page } = await open(RecordFacts, { props: { record } });
    expect(page.text()).not.toContain('140399199003070013');
    expect(page.text()).not.toContain('13812345678');
    expect(page.text()).toContain('补录');
    vi.useFakeTimers();
    press('KeyV', { altKey: true });
    await page.vm.$nextTick();
    expect(page.text()).toContain('140399199003070013');
    vi.advanceTimersByTime(30_000);
    await page.vm.$nextTick();
    expect(page.text()).not.toContain('140399199003070013');
    vi.useRealTimers();
  });
});

describe('预约与办件', () => {
  const answers = { 'GET /items': { items: [] }, 'GET /appointments': { appointments: [row(1)], next: null } };

  it('begins with today, and prints the list of the day that is shown', async () => {
    const asked = serve({ ...answers, 'POST /slips': { slip: 'f'.repeat(32), pages: 1, copy: 1, printed: false, problem: 'offline', numbers: [] } });
    const { page } = await open(RecordsPage, { path: '/records', route: '/records/:id?' });
    expect(page.text()).toContain('显示 1 条，共 1 条');
    await page.findAll('button').find((each) => each.text() === '打印每日预约表')?.trigger('click');
    await settled();
    expect(written(asked)[0]?.body).toEqual({ kind: 'day_list', date: '2026-03-05', paper: 'a4' });
    expect(page.text()).toContain('没有打印：打印机未连接。');
  });

  it('gives what the filter shows as a file, named by day and filter, and nothing while it searches', async () => {
    serve({ ...answers, 'GET /appointments': { appointments: [row(1), { ...row(2), life: 'fulfilled' }], next: null } });
    const files: Blob[] = [];
    vi.spyOn(URL, 'createObjectURL').mockImplementation((file) => { files.push(file as Blob); return 'blob:x'; });
    const names: string[] = [];
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function note(this: HTMLAnchorElement) { names.push(this.download); });
    const { page } = await open(RecordsPage, { path: '/records', route: '/records/:id?' });
    const button = (text: string) => page.findAll('button').find((each) => each.text() === text);
    await button('导出 CSV')?.trigger('click');
    await button('待签到')?.trigger('click');
    await button('导出 CSV')?.trigger('click');
    expect(names).toEqual(['预约与办件-2026-03-05.csv', '预约与办件-2026-03-05-待签到.csv']);
    const texts = await Promise.all(files.map((file) => file.text()));
    expect(texts.map((text) => [text.includes('n1'), text.includes('n2')])).toEqual([[true, true], [true, false]]);
    await button('全部')?.trigger('click');
    await page.find('[name=find]').setValue('张');
    expect(button('导出 CSV')).toBeUndefined();
    await page.find('[name=find]').setValue('');
  });

  it('leads to late entry at a station, and nowhere else', async () => {
    serve(answers);
    const { page, router } = await open(RecordsPage, { path: '/records', route: '/records/:id?' });
    await page.findAll('button').find((each) => each.text() === '补录（停电/手写单）')?.trigger('click');
    await settled();
    expect(router.currentRoute.value.path).toBe('/late');
    saysOfItself({ role: 'hub' });
    expect((await open(RecordsPage, { path: '/records', route: '/records/:id?' })).page.text()).not.toContain('补录（停电/手写单）');
  });

  it('goes down only into the rows of what stands in the box', async () => {
    let answer: (value: unknown) => void = () => {};
    serve({ ...answers, 'POST /records/search': () => new Promise((done) => { answer = done; }) });
    const { page } = await open(RecordsPage, { path: '/records', route: '/records/:id?' });
    const box = page.find('[name=find]');
    await box.setValue('4242');
    await box.trigger('keydown.enter');
    await settled();
    expect(document.activeElement).toBe(box.element); // not in the list of the day, which is still there
    answer({ rows: [{ ...row(2), date: '2026-03-05' }], total: 1 });
    await settled();
    expect(document.activeElement?.textContent).toContain('n2');
    await box.setValue('4243');
    await box.trigger('keydown.enter');
    (box.element as HTMLInputElement).focus();
    answer(new TypeError('cut'));
    await settled();
    expect(document.activeElement).toBe(box.element); // what was found before is somebody else
  });

  it('says why it is empty, and how to see more', async () => {
    serve({ ...answers, 'GET /appointments': { appointments: [], next: null } });
    expect((await open(RecordsPage, { path: '/records', route: '/records/:id?' })).page.text()).toContain('这一天还没有预约。');
  });
});
