import { describe, expect, it } from 'vitest';
import { CODE_ROWS, codeOf, placeOf } from './pairingCode';

describe('a pairing code', () => {
  it('is read in any case, with hyphens or spaces, and is never longer than eight', () => {
    expect(codeOf('k7qm-2xva')).toBe('K7QM2XVA');
    expect(codeOf(' K7QM 2XVA9')).toBe('K7QM2XVA');
    expect(codeOf('01！好')).toBe('');
  });

  it('has a key for every sign that it can hold', () => {
    const keys = CODE_ROWS.join('');
    for (const sign of 'ABCDEFGHIJKLMNOPQRSTUVWXYZ23456789') expect(keys).toContain(sign);
    expect(keys).toHaveLength(34);
  });

  it('leads each kind of device to its own page', () => {
    expect(placeOf({ kind: 'eval', window: 2 })).toBe('/eval/2');
    expect(placeOf({ kind: 'display', window: null })).toBe('/display');
    expect(placeOf({ kind: 'ticket', window: null })).toBe('/ticket');
  });
});
