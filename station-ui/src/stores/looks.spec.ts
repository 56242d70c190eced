import { describe, expect, it } from 'vitest';
import type { Life } from '@/api';
import { LIFE_LOOK, RUNG_LOOK } from './looks';

const all = Object.keys(LIFE_LOOK) as Life[];

describe('looks', () => {
  it('keep purple for what is not certain, and red for nothing ordinary', () => {
    expect(all.filter((life) => LIFE_LOOK[life].tone === 'prov')).toEqual(['tentative', 'waitlisted', 'counter_offered']);
    expect([...Object.values(LIFE_LOOK), ...Object.values(RUNG_LOOK)].filter((look) => look.tone === 'danger')).toEqual([]);
  });

  it('tell the three rungs by shape, not only by colour', () => {
    expect(new Set(Object.values(RUNG_LOOK).map((look) => look.icon)).size).toBe(3);
  });
});
