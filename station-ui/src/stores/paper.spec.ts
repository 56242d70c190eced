import { describe, expect, it } from 'vitest';
import { keysOf, Refusal, serve, written } from '@/spec/node';
import { usePaper } from './paper';

const slip = (more = {}) => ({ slip: 'f'.repeat(32), pages: 1, copy: 1, printed: true, problem: null, numbers: [], ...more });

describe('a slip', () => {
  it('that came out of the printer leaves nothing to do', async () => {
    serve({ 'POST /slips': slip() });
    const paper = usePaper();
    expect(await paper.print({ kind: 'appointment', id: 'a', paper: '80mm' })).toBe(true);
    expect([paper.failure, paper.pdf]).toEqual([null, null]);
  });

  it('that no printer took is told with its reason, and can be opened here', async () => {
    serve({ 'POST /slips': slip({ printed: false, problem: 'paper_out' }) });
    const paper = usePaper();
    expect(await paper.print({ kind: 'appointment', id: 'a', paper: '80mm' })).toBe(false);
    expect(paper.failure?.text).toBe('凭证没有打印：打印机缺纸。预约已存本机，换纸后按 F9 补打。（PRN-01）');
    expect(paper.pdf).toBe(`/api/v1/slips/${'f'.repeat(32)}`);
    await paper.print({ kind: 'day_list', date: '2026-03-05', paper: 'a4' });
    expect(paper.failure?.text).toBe('没有打印：打印机缺纸。可在此打开后打印。（PRN-01）');
    paper.clear();
    expect([paper.failure, paper.pdf]).toEqual([null, null]);
  });

  it('is asked for again as another copy: each press has its own key', async () => {
    const asked = serve({ 'POST /slips': slip({ printed: false, problem: 'no_printer' }) });
    const paper = usePaper();
    expect(await paper.again()).toBe(false);
    await paper.print({ kind: 'appointment', id: 'a', paper: '80mm' });
    await paper.again();
    const keys = written(asked).map((one) => one.headers.get('Idempotency-Key'));
    expect(keys).toHaveLength(2);
    expect(keys[0]).not.toBe(keys[1]);
    expect(written(asked)[1]?.body).toEqual({ kind: 'appointment', id: 'a', paper: '80mm' });
  });

  it('whose answer was lost is printed once, however often it is asked for', async () => {
    const answers: unknown[] = [new TypeError('cut'), slip()];
    const asked = serve({ 'POST /slips': () => answers.shift() });
    const paper = usePaper();
    expect(await paper.print({ kind: 'appointment', id: 'a', paper: '80mm' })).toBe(false);
    expect(await paper.again()).toBe(true);
    const [first, again] = keysOf(asked, '/slips');
    expect(again).toBe(first);
  });

  it('that was refused says why', async () => {
    serve({ 'POST /slips': new Refusal(404, 'NotFound', 'id', '请核对编号。', '没有找到') });
    const paper = usePaper();
    await paper.print({ kind: 'appointment', id: 'a', paper: '80mm' });
    expect(paper.failure?.text).toBe('没有找到。请核对编号。（NotFound）');
    expect(paper.pdf).toBeNull();
  });

  it('of reserved numbers tells them', async () => {
    serve({ 'POST /slips': slip({ numbers: ['140311100-0305-0017-8'] }) });
    const paper = usePaper();
    await paper.print({ kind: 'paper_forms', count: 1, paper: 'a4' });
    expect(paper.made?.numbers).toEqual(['140311100-0305-0017-8']);
  });
});
