import { describe, expect, it } from 'vitest';
import { tellEvent } from '@/spec/events';
import { serve, settled, type Asked } from '@/spec/node';
import { useDayRecords } from './dayRecords';

const row = (id: string, life = 'confirmed', rung = 'received') => ({ id, life, rung });
const pages = (asked: Asked) => (asked.query.get('after') ? { appointments: [row('c', 'no_show')], next: null } : { appointments: [row('a', 'fulfilled'), row('b', 'confirmed', 'saved')], next: 'n' });

describe('the records of a day', () => {
  it('are read whole, page after page', async () => {
    const asked = serve({ 'GET /appointments': pages });
    const day = useDayRecords();
    await day.load('2026-03-05');
    expect(day.rows.map((one) => one.id)).toEqual(['a', 'b', 'c']);
    expect(asked.map((one) => one.query.get('after'))).toEqual([null, 'n']);
  });

  it('are shown by what is asked of them', async () => {
    serve({ 'GET /appointments': pages });
    const day = useDayRecords();
    await day.load('2026-03-05');
    const shown = (filter: typeof day.filter): string[] => { day.filter = filter; return day.shown.map((one) => one.id); };
    expect(shown('all')).toEqual(['a', 'b', 'c']);
    expect(shown('to_check_in')).toEqual(['b']);
    expect(shown('pending')).toEqual(['b']);
    expect(shown('problems')).toEqual(['c']);
  });

  it('keep the old rows while the same day is read anew, and drop them for another', async () => {
    serve({ 'GET /appointments': pages });
    const day = useDayRecords();
    await day.load('2026-03-05');
    serve({ 'GET /appointments': () => new Promise(() => {}) });
    void day.load('2026-03-05');
    expect(day.rows).toHaveLength(3);
    void day.load('2026-03-06');
    expect(day.rows).toEqual([]);
  });

  it('never show the answer of an earlier day under a later one', async () => {
    let release = (): void => {};
    const held = new Promise<void>((done) => { release = done; });
    serve({ 'GET /appointments': async (asked: Asked) => { if (asked.query.get('date') === '2026-03-05') await held; return { appointments: [row(asked.query.get('date') ?? '')], next: null }; } });
    const day = useDayRecords();
    const early = day.load('2026-03-05');
    await day.load('2026-03-06');
    release();
    await early;
    expect(day.rows.map((one) => one.id)).toEqual(['2026-03-06']);
  });

  it('follow the node: several changes in a row are one reading', async () => {
    serve({ 'GET /appointments': { appointments: [], next: null } });
    const day = useDayRecords();
    await day.load('2026-03-05');
    const asked = serve({ 'GET /appointments': { appointments: [row('z')], next: null } });
    const stop = day.follow();
    for (let change = 0; change < 5; change += 1) tellEvent('appointment', { id: 'z' });
    await new Promise((done) => setTimeout(done, 200));
    await settled();
    expect(asked).toHaveLength(1);
    expect(day.rows).toHaveLength(1);
    stop();
  });

  it('are read to their end though the node speaks meanwhile, and once more after it', async () => {
    const day = useDayRecords();
    serve({ 'GET /appointments': pages });
    await day.load('2026-03-05');
    let release = (): void => {};
    const held = new Promise<void>((done) => { release = done; });
    const asked = serve({ 'GET /appointments': async () => { await held; return { appointments: [row('z')], next: null }; } });
    const stop = day.follow();
    const pause = (): Promise<unknown> => new Promise((done) => setTimeout(done, 200));
    for (let change = 0; change < 3; change += 1) {
      tellEvent('status');
      await pause();
    }
    expect(asked).toHaveLength(1);
    release();
    await settled();
    expect(day.rows.map((one) => one.id)).toEqual(['z']);
    await pause();
    await settled();
    expect(asked).toHaveLength(2);
    await pause();
    expect(asked).toHaveLength(2);
    stop();
  });
});
