import { beforeEach, describe, expect, it, vi } from 'vitest';
import { NOW, Refusal, open, press, saysOfItself, serve, settled } from '@/spec/node';
import { useSearch } from '@/stores/search';
import ExcuseForm from './ExcuseForm.vue';
import FindBox from './FindBox.vue';
import RecordHistory from './RecordHistory.vue';
import SiblingValues from './SiblingValues.vue';

let clock = 0;
beforeEach(() => {
  saysOfItself();
  clock += 100_000;
  vi.spyOn(performance, 'now').mockImplementation(() => clock);
});
const pause = (ms: number): Promise<void> => new Promise((done) => { setTimeout(done, ms); });

describe('the box to find', () => {
  it('asks once for what was typed, when the typing rests', async () => {
    const asked = serve({ 'POST /records/search': { rows: [{ id: 'a' }], next: null, total: 1 } });
    const { page } = await open(FindBox);
    expect(document.activeElement?.getAttribute('name')).toBe('find');
    await page.find('input').setValue('zh');
    await page.find('input').setValue('zhang');
    await pause(150);
    await settled();
    expect(asked.map((one) => one.body?.['text'])).toEqual(['zhang']);
    expect(useSearch().total).toBe(1);
    await page.find('.find-box').trigger('keydown.down');
    expect(page.emitted('down')).toHaveLength(1);
  });

  it('says when it could not be asked', async () => {
    serve({ 'POST /records/search': new Refusal(503, 'Busy') });
    const { page } = await open(FindBox);
    await page.find('input').setValue('zhang');
    await pause(150);
    await settled();
    expect(page.emitted('failed')).toHaveLength(1);
  });

  it('is gone to by F3, with its text chosen', async () => {
    const { page } = await open(FindBox);
    await page.find('input').setValue('5678');
    (document.activeElement as HTMLElement).blur();
    press('F3');
    const box = page.find('input').element;
    expect(document.activeElement).toBe(box);
    expect([box.selectionStart, box.selectionEnd]).toEqual([0, 4]);
  });
});

describe('the history of a record', () => {
  it('says who did what and when, and how far each change has come', async () => {
    const row = (seq: number, more = {}) => ({ stream: 's', seq, at_ms: NOW, staff_name: '王敏', life: null, fields: [], rung: 'received', ...more });
    const { page } = await open(RecordHistory, { props: { history: [row(1, { life: 'confirmed' }), row(2, { fields: ['phone', 'note'], staff_name: null, rung: 'saved' })] } });
    expect(page.findAll('li').map((each) => each.text())).toEqual(['10:42王敏已确认● 市级已收', '10:42其他单位人员手机 · 备注○ 已存本机']);
  });
});

describe('why a no-show is forgiven', () => {
  it('is asked for, and given as it was typed', async () => {
    const { page } = await open(ExcuseForm, { props: { busy: false } });
    await page.find('input').setValue('  ');
    await page.find('form').trigger('submit');
    expect(page.emitted('excuse')).toBeUndefined();
    expect(page.text()).toContain('请写明谅解的原因。');
    await page.find('input').setValue(' 暴雪封路 ');
    await page.find('form').trigger('submit');
    expect(page.emitted('excuse')).toEqual([['暴雪封路']]);
    expect(page.text()).not.toContain('请写明谅解的原因。');
  });
});

describe('two values at once', () => {
  it('are both shown, the one in use told, and a person keeps one', async () => {
    const { page } = await open(SiblingValues, { props: { busy: false, siblings: [{ field: 'phone', values: ['13812345678', '13987654321'] }] } });
    const [first, second] = page.findAll('li');
    expect(first?.find('.hint').exists()).toBe(true);
    expect(second?.find('.hint').exists()).toBe(false);
    await second?.find('button').trigger('click');
    expect(page.emitted('keep')).toEqual([['13987654321']]);
    await page.setProps({ siblings: [] } as never);
    expect(page.find('section').exists()).toBe(false);
  });
});
