import { describe, expect, it } from 'vitest';
import { setMode, startMode, useMode } from './useMode';

describe('the look of a page', () => {
  it('is kept for this browser', () => {
    setMode('elder');
    expect(document.documentElement.dataset['mode']).toBe('elder');
    setMode('light');
    localStorage.setItem('yz-mode', 'contrast');
    startMode();
    expect(useMode().mode.value).toBe('contrast');
    setMode('light');
  });

  it('takes nothing that is no look', () => {
    setMode('light');
    localStorage.setItem('yz-mode', '"><script>');
    startMode();
    expect(document.documentElement.dataset['mode']).toBe('light');
  });
});
