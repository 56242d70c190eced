import { describe, expect, it } from 'vitest';
import { initialsOf } from './initials';

describe('initials', () => {
  it('are those of the pinyin', () => {
    expect(initialsOf('城乡居民养老保险参保登记')).toBe('cxjmylbxcbdj');
    expect(initialsOf('农村宅基地申请')).toBe('nczjdsq');
    expect(initialsOf('残疾人证新办、换领')).toBe('cjrzxbhl');
  });
  it('leave letters and digits, and drop the rest', () => {
    expect(initialsOf('SB-0101 ，。')).toBe('sb0101');
  });
});
