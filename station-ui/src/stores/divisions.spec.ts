import { describe, expect, it } from 'vitest';
import { serve } from '@/spec/node';
import { useDivisions } from './divisions';

const DIVISIONS = { divisions: [
  { path: '1403', code: '1403', name: '阳泉市' }, { path: '1403/140311', code: '140311', name: '郊区' }, { path: '1403/140311/140311100', code: '140311100', name: '荫营镇' },
] };

describe('the divisions', () => {
  it('are called by name, and from the city down', async () => {
    const asked = serve({ 'GET /divisions': DIVISIONS });
    const divisions = useDivisions();
    await divisions.load();
    await divisions.load();
    expect(asked).toHaveLength(1);
    expect(divisions.nameOf('1403/140311/140311100')).toBe('荫营镇');
    expect(divisions.wholeNameOf('1403/140311/140311100')).toBe('阳泉市 · 郊区 · 荫营镇');
    expect(divisions.wholeNameOf('1403')).toBe('阳泉市');
  });

  it('are shown as they are where no name is known, or none was read', async () => {
    serve({ 'GET /divisions': DIVISIONS });
    const divisions = useDivisions();
    expect(divisions.nameOf('1403')).toBe('1403');
    await divisions.load();
    expect(divisions.wholeNameOf('1403/140311/999')).toBe('1403/140311/999');
  });
});
