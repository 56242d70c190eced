import { effectScope } from 'vue';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { scanOf, useScanner, type Scan } from './useScanner';

const ID = '140399199003070013';
let clock = 0;
const scope = effectScope();
afterEach(() => { document.body.textContent = ''; });

function press(target: HTMLInputElement, code: string, letter: string, waitMs: number): boolean {
  clock += waitMs;
  const event = new KeyboardEvent('keydown', { code, key: letter || code, bubbles: true, cancelable: true });
  target.dispatchEvent(event);
  if (letter !== '') target.value += letter;
  return event.defaultPrevented;
}
function type(target: HTMLInputElement, text: string, gapMs: number): void {
  for (const letter of text) press(target, /\d/.test(letter) ? `Digit${letter}` : `Key${letter}`, letter, gapMs);
}

describe('a scanner', () => {
  it('is told from a person by its speed, and leaves the field as it was', () => {
    vi.spyOn(performance, 'now').mockImplementation(() => clock);
    const read: Scan[] = [];
    scope.run(() => useScanner((scan) => read.push(scan)));
    const note = document.createElement('input');
    document.body.append(note);
    note.value = '行动不便';

    clock += 100;
    type(note, ID, 5);
    expect(press(note, 'Enter', '', 5)).toBe(true);
    expect(read).toEqual([{ document: ID }]);
    expect(note.value).toBe('行动不便');

    type(note, ID, 80);
    expect(press(note, 'Enter', '', 80)).toBe(false);
    expect(read).toHaveLength(1);
    scope.stop();
  });

  it('reads slips and cards, and takes noise for noise', () => {
    expect(scanOf('YZ1:140311100-0305-0017-8')?.scan).toEqual({ code: 'YZ1:140311100-0305-0017-8' });
    expect(scanOf(`张桂芳${ID}`)?.scan).toEqual({ document: ID, name: '张桂芳' });
    expect(scanOf(`张桂芳,${ID}`)?.length).toBe(22);
    expect(scanOf('1234567890')).toBeNull();
    expect(scanOf('')).toBeNull();
  });

  it('leaves a field as it was where the caret was left, while the focus is on a choice', () => {
    vi.spyOn(performance, 'now').mockImplementation(() => clock);
    const read: Scan[] = [];
    const own = effectScope();
    own.run(() => useScanner((scan) => read.push(scan)));
    const choice = document.createElement('input');
    choice.type = 'radio';
    choice.value = 'agent';
    const item = document.createElement('input');
    item.value = '养老保险';
    document.body.append(choice, item);
    clock += 100;
    // As a browser does it: the first goes where the focus is, lands where the caret was, and takes the focus there.
    choice.dispatchEvent(new KeyboardEvent('keyup', { code: 'ArrowRight', bubbles: true }));
    choice.dispatchEvent(new InputEvent('beforeinput', { data: '张桂芳', bubbles: true, cancelable: true }));
    item.value = '养老张桂芳保险';
    item.setSelectionRange(5, 5);
    item.dispatchEvent(new InputEvent('input', { data: '张桂芳', bubbles: true }));
    type(item, ID, 5);
    press(item, 'Enter', '', 5);
    expect(read).toEqual([{ document: ID, name: '张桂芳' }]);
    expect([item.value, choice.value]).toEqual(['养老保险', 'agent']);
    own.stop();
  });
});
