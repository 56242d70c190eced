import { beforeEach, describe, expect, it } from 'vitest';
import { open, saysOfItself, serve, settled, written } from '@/spec/node';
import LateEntryPage from './LateEntryPage.vue';
import PaperToPrint from './PaperToPrint.vue';

const slip = { slip: 'f'.repeat(32), pages: 5, copy: 1, printed: false, problem: 'no_printer', numbers: ['140311100-0305-0017-4', '140311100-0305-0018-2'] };
beforeEach(() => saysOfItself());

describe('the page of late entry', () => {
  it('says before saving which time will stand for what', async () => {
    serve({ 'GET /items': { items: [] }, 'GET /slots': { slots: [] } });
    const { page } = await open(LateEntryPage);
    expect(page.text()).toContain('请填写编号和登记时间');
    await page.find('[name=time]').setValue('09:10');
    expect(page.text()).toContain('将补录预约：业务时间 09:10，录入时间 10:42');
  });

  it('asks for the window of a booking, and for the outcome of a visit', async () => {
    serve({ 'GET /items': { items: [] }, 'GET /slots': { slots: [] } });
    const { page } = await open(LateEntryPage);
    expect(page.find('[name=window]').exists()).toBe(true);
    await page.find('[name=what]').setValue('walk_in');
    expect(page.find('[name=window]').exists()).toBe(false);
    expect(page.find('[name=outcome]').exists()).toBe(true);
  });
});

describe('what is printed before an outage', () => {
  it('is 1 to 50 forms at a time, whose numbers are told, and which are not made twice', async () => {
    const asked = serve({ 'POST /slips': slip });
    const { page } = await open(PaperToPrint, { props: { today: '2026-03-05' } });
    for (const count of ['0', '51', 'x']) {
      await page.find('[name=forms-count]').setValue(count);
      await page.findAll('form')[0]?.trigger('submit');
      expect(page.text(), count).toContain('一次可印 1 至 50 张。');
    }
    expect(written(asked)).toEqual([]);
    await page.find('[name=forms-count]').setValue('50');
    await page.findAll('form')[0]?.trigger('submit');
    await settled();
    expect(written(asked)[0]?.body).toEqual({ kind: 'paper_forms', count: 50, paper: 'a4' });
    expect(page.text()).toContain('已预留 2 个编号：140311100-0305-0017-4 至 140311100-0305-0018-2');
    expect(page.find('a').attributes('href')).toBe(`/api/v1/slips/${slip.slip}`);
    expect(page.text()).not.toContain('补打');
  });

  it('is the list of tomorrow, unless another day is chosen', async () => {
    const asked = serve({ 'POST /slips': { ...slip, numbers: [], printed: true } });
    const { page } = await open(PaperToPrint, { props: { today: '2026-03-05' } });
    await page.findAll('form')[1]?.trigger('submit');
    await settled();
    expect(written(asked)[0]?.body).toEqual({ kind: 'day_list', date: '2026-03-06', paper: 'a4' });
  });
});
