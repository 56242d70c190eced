import { describe, expect, it } from 'vitest';
import { factLine } from './factLine';

describe('a line of facts', () => {
  it('is a name and the facts in their order', () => {
    expect(factLine('STO-01', { problem: 'StorageFull', status: 507 })).toBe('STO-01 problem=StorageFull status=507');
  });

  it('says of what is not known that it is not', () => {
    expect(factLine('yizhan', { node: null, version: undefined, field: '' })).toBe('yizhan node=? version=? field=');
  });

  it('without facts is the name alone', () => {
    expect(factLine('NET-02', {})).toBe('NET-02');
  });
});
