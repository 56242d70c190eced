import { effectScope, nextTick, ref, type EffectScope } from 'vue';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { activeShortcuts, keyName, useDialogKeys, useKeys, type Shortcut } from './useKeys';
import { shutWhile } from './shut';

let scope: EffectScope;
let now = 0;
beforeEach(() => {
  scope = effectScope();
  now += 10_000;
  vi.spyOn(performance, 'now').mockImplementation(() => now);
});
afterEach(() => scope.stop());

// `atMs`: when the key was pressed, where that was before the page comes to it.
function press(init: KeyboardEventInit & { keyCode?: number }, atMs = now): boolean {
  const event = new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init });
  Object.defineProperty(event, 'timeStamp', { value: atMs });
  if (init.keyCode !== undefined) Object.defineProperty(event, 'keyCode', { value: init.keyCode });
  window.dispatchEvent(event);
  return event.defaultPrevented;
}
function with_(shortcut: Partial<Shortcut>): ReturnType<typeof vi.fn> {
  const run = vi.fn();
  scope.run(() => useKeys([{ code: 'F8', label: 'keys.show', run, ...shortcut }]));
  return run;
}

describe('shortcuts', () => {
  it('run by code, once within 600 ms and never on a repeat', () => {
    const run = with_({});
    expect(press({ code: 'F8' })).toBe(true);
    press({ code: 'F8' });
    expect(run).toHaveBeenCalledTimes(1);
    now += 601;
    press({ code: 'F8', repeat: true });
    expect(run).toHaveBeenCalledTimes(1);
    press({ code: 'F8' });
    expect(run).toHaveBeenCalledTimes(2);
  });

  it('pressed twice within 600 ms are one wish, however late the page comes to the second', () => {
    const run = with_({});
    const pressed = now;
    press({ code: 'F8' }, pressed);
    now += 2_000;
    press({ code: 'F8' }, pressed + 300);
    expect(run).toHaveBeenCalledTimes(1);
  });

  it('pressed before the page has dealt with the first are one wish', async () => {
    const pressed = now;
    const run = with_({});
    run.mockImplementation(() => { now += 3_000; });
    press({ code: 'F8' }, pressed);
    await nextTick();
    press({ code: 'F8' }, pressed + 1_500);
    expect(run).toHaveBeenCalledTimes(1);
    press({ code: 'F8' }, now + 1);
    expect(run).toHaveBeenCalledTimes(2);
  });

  it('pressed a second apart are two wishes, even when the page comes to both at once', () => {
    const run = with_({});
    const pressed = now;
    now += 700;
    press({ code: 'F8' }, pressed);
    press({ code: 'F8' }, pressed + 1_000);
    expect(run).toHaveBeenCalledTimes(2);
  });

  it('leave Esc to a dialog that is open, and to the key press that closes it', async () => {
    const leave = with_({ code: 'Escape' });
    const open = ref(false);
    scope.run(() => useDialogKeys(open));
    open.value = true;
    await nextTick();
    press({ code: 'Escape' });
    open.value = false;
    await nextTick();
    press({ code: 'Escape' });
    expect(leave).not.toHaveBeenCalled();
    press({ code: 'Escape' }, now + 1);
    expect(leave).toHaveBeenCalledTimes(1);
  });

  it('do nothing behind a dialog that is open, but for those that work over it', async () => {
    const finish = with_({ code: 'F10' });
    const undo = with_({ code: 'KeyU', alt: true, over: true });
    const open = ref(true);
    scope.run(() => useDialogKeys(open));
    press({ code: 'F10' });
    press({ code: 'KeyU', altKey: true });
    expect(finish).not.toHaveBeenCalled();
    expect(undo).toHaveBeenCalledOnce();
    open.value = false;
    await nextTick();
    press({ code: 'F10' }); // at once: no key is lost behind the one that closed it
    expect(finish).toHaveBeenCalledOnce();
  });

  it('do nothing behind the lock, but for those of every page', () => {
    const call = with_({});
    const sheet = with_({ code: 'F1', always: true });
    let locked = true;
    scope.run(() => shutWhile(() => locked));
    expect(press({ code: 'F8' })).toBe(false);
    press({ code: 'F1' });
    expect(call).not.toHaveBeenCalled();
    expect(sheet).toHaveBeenCalledOnce();
    locked = false;
    press({ code: 'F8' });
    expect(call).toHaveBeenCalledOnce();
  });

  it('leave Enter to the button that has the focus', () => {
    const start = with_({ code: 'Enter' });
    const button = document.body.appendChild(document.createElement('button'));
    button.dispatchEvent(new KeyboardEvent('keydown', { code: 'Enter', bubbles: true, cancelable: true }));
    expect(start).not.toHaveBeenCalled();
    button.remove();
    press({ code: 'Enter' });
    expect(start).toHaveBeenCalledOnce();
  });

  it('leave the keyboard to an input method, but for F-keys', () => {
    const enter = with_({ code: 'Enter' });
    press({ code: 'Enter', isComposing: true });
    press({ code: 'Enter', keyCode: 229 });
    window.dispatchEvent(new CompositionEvent('compositionend'));
    const committed = now;
    now += 1_000;
    press({ code: 'Enter' }, committed + 10); // the page was busy meanwhile
    expect(enter).not.toHaveBeenCalled();
    const f8 = with_({});
    press({ code: 'F8', keyCode: 229 });
    expect(f8).toHaveBeenCalledOnce();
  });

  it('need their modifiers, and the newest wins', () => {
    const old = with_({ code: 'KeyU', alt: true });
    const young = with_({ code: 'KeyU', alt: true });
    expect(press({ code: 'KeyU' })).toBe(false);
    press({ code: 'KeyU', altKey: true });
    expect(young).toHaveBeenCalledOnce();
    expect(old).not.toHaveBeenCalled();
  });

  it('are listed while they live, by the name on their key', () => {
    with_({ code: 'F8', shift: true });
    expect(activeShortcuts().map(keyName)).toEqual(['Shift+F8']);
    scope.stop();
    expect(activeShortcuts()).toEqual([]);
  });

  it('are listed for whom they work, whatever the page is doing now', () => {
    let [isLead, locked] = [false, false];
    const station = with_({ code: 'Digit9', alt: true, may: () => isLead });
    with_({ code: 'F10', when: () => false });
    with_({ code: 'F1', always: true });
    scope.run(() => shutWhile(() => locked));
    expect(activeShortcuts().map(keyName)).toEqual(['F10', 'F1']);
    expect(press({ code: 'Digit9', altKey: true })).toBe(false);
    isLead = true;
    expect(activeShortcuts().map(keyName)).toEqual(['Alt+9', 'F10', 'F1']);
    press({ code: 'Digit9', altKey: true });
    expect(station).toHaveBeenCalledOnce();
    locked = true;
    expect(activeShortcuts().map(keyName)).toEqual(['F1']);
  });
});
