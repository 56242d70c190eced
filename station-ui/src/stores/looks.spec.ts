import { describe, expect, it } from 'vitest';
import type { Life } from '@/api';
import { LIFE_LOOK, RUNG_LOOK, mayCancel, mayCheckIn, mayFinish, mayMove } from './looks';

const all = Object.keys(LIFE_LOOK) as Life[];
const which = (may: (life: Life) => boolean): Life[] => all.filter(may);

describe('looks', () => {
  it('offer only what a life still allows', () => {
    expect(which(mayMove)).toEqual(['confirmed', 'rescheduled']);
    expect(which(mayFinish)).toEqual(['checked_in', 'in_service']);
    expect(which(mayCancel)).not.toContain('checked_in');
    expect(which(mayCancel)).not.toContain('fulfilled');
    expect(which(mayCheckIn)).toContain('no_show');
    expect(which(mayCheckIn)).not.toContain('fulfilled');
  });

  it('keep purple for what is not certain, and red for nothing ordinary', () => {
    expect(all.filter((life) => LIFE_LOOK[life].tone === 'prov')).toEqual(['tentative', 'waitlisted', 'counter_offered']);
    expect([...Object.values(LIFE_LOOK), ...Object.values(RUNG_LOOK)].filter((look) => look.tone === 'danger')).toEqual([]);
  });

  it('tell the three rungs by shape, not only by colour', () => {
    expect(new Set(Object.values(RUNG_LOOK).map((look) => look.icon)).size).toBe(3);
  });
});
