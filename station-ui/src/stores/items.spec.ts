import { beforeEach, describe, expect, it } from 'vitest';
import { serve } from '@/spec/node';
import { useItems } from './items';

const ITEMS = [
  { code: 'SB-0101', name: '城乡居民养老保险参保登记', group: '社会保障' },
  { code: 'SB-0102', name: '社保卡申领', group: '社会保障' },
  { code: 'HJ-0201', name: '户口迁移', group: '户籍' },
  ...Array.from({ length: 12 }, (_, at) => ({ code: `ZZ-${String(at).padStart(4, '0')}`, name: '其他事项', group: '其他' })),
];
beforeEach(async () => {
  serve({ 'GET /items': { items: ITEMS } });
  await useItems().load();
});

describe('service items', () => {
  it('are found by code, initials or name, best first', () => {
    const { search } = useItems();
    expect(search('sb').map((item) => item.code)).toEqual(['SB-0101', 'SB-0102']);
    expect(search('cxjm')[0]?.code).toBe('SB-0101');
    expect(search('户口')[0]?.code).toBe('HJ-0201');
    expect(search('hkqy')[0]?.code).toBe('HJ-0201');
    expect(search('不动产')).toEqual([]);
  });

  it('are at most ten, and on an empty text the first ten', () => {
    expect(useItems().search('')).toHaveLength(10);
    expect(useItems().search('zz')).toHaveLength(10);
  });

  it('of this window stand before others that fit as well, but not before those that fit better', () => {
    const { search } = useItems();
    expect(search('', ['户籍'])[0]?.code).toBe('HJ-0201');
    expect(search('', ['其他']).map((item) => item.group)).toEqual(Array(10).fill('其他'));
    expect(search('sb', ['户籍']).map((item) => item.code)).toEqual(['SB-0101', 'SB-0102']);
  });

  it('are read once, and told by name and group; an unknown code stands for itself', async () => {
    const items = useItems();
    const asked = serve({});
    await items.load();
    expect(asked).toEqual([]);
    expect(items.nameOf('SB-0102')).toBe('社保卡申领');
    expect(items.groupOf('HJ-0201')).toBe('户籍');
    expect(items.nameOf('XX')).toBe('XX');
  });
});
