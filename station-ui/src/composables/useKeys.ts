// Shortcuts: one handler for the page; a component's shortcuts live as long as the component.
// By event.code, so that a layout or an input method does not matter; never on a repeat, and never while
// a candidate is being chosen, except F-keys, which no input method uses.
// By the time of the key, not of its handling: on a slow machine two presses 300 ms apart may be handled a second
// apart, and two that are a second apart at once. What is pressed before the page has dealt with the press before
// is the same wish: nobody has seen yet what that one did.
// A dialog that is open has Esc to itself, and of the page behind it only what is marked `over` works; behind
// the lock nothing does. A bare Enter belongs to the button or link that has the focus.
import { computed, nextTick, onScopeDispose, shallowReactive, watch, type Ref, type WritableComputedRef } from 'vue';
import type { TextKey } from '@/i18n';
import { isShut } from './shut';

export interface Shortcut {
  code: string; // event.code, e.g. F9, KeyU
  alt?: boolean;
  ctrl?: boolean;
  shift?: boolean;
  label: TextKey; // what it does, for the F1 sheet
  run: () => void;
  may?: () => boolean; // whether who is signed in may at all: nobody else is told of the key
  when?: () => boolean; // otherwise the key is left to others
  fast?: boolean; // may come again within 600 ms
  over?: boolean; // works while a dialog is open
  always?: boolean; // works at the sign-in and behind the lock
}

const SAME_ACTION_MS = 600;
const COMMITTED_MS = 50;
const scopes = shallowReactive<Shortcut[][]>([]);
let lastRun = { shortcut: null as Shortcut | null, pressedMs: 0, doneMs: 0 };
let committedMs = 0;
let dialogs = 0; // that are open
let closedMs = 0; // when the last of them closed

const isFunctionKey = (event: KeyboardEvent): boolean => /^F\d+$/.test(event.code);

// True while the input method owns the keyboard, and for the Enter that committed its candidate.
export function isComposing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229 || (event.code === 'Enter' && event.timeStamp - committedMs < COMMITTED_MS);
}

const matches = (shortcut: Shortcut, event: KeyboardEvent): boolean =>
  shortcut.code === (event.code === 'NumpadEnter' ? 'Enter' : event.code) &&
  (shortcut.alt ?? false) === event.altKey &&
  (shortcut.ctrl ?? false) === (event.ctrlKey || event.metaKey) &&
  (shortcut.shift ?? false) === event.shiftKey;

const isFor = (shortcut: Shortcut): boolean => (shortcut.always || !isShut()) && (shortcut.may?.() ?? true);
const mayRun = (shortcut: Shortcut): boolean => isFor(shortcut) && (shortcut.over || dialogs === 0) && (shortcut.when?.() ?? true);

function find(event: KeyboardEvent): Shortcut | undefined {
  for (const scope of [...scopes].reverse()) {
    const found = scope.find((shortcut) => matches(shortcut, event) && mayRun(shortcut));
    if (found) return found;
  }
  return undefined;
}

// Enter, and no key with it, presses what has the focus.
const isPress = (event: KeyboardEvent): boolean =>
  /^(Numpad)?Enter$/.test(event.code) && !event.altKey && !event.ctrlKey && !event.shiftKey &&
  event.target instanceof HTMLElement && event.target.closest('button, a, summary') !== null;

const isAgain = (shortcut: Shortcut, pressedMs: number): boolean =>
  lastRun.shortcut === shortcut && (pressedMs - lastRun.pressedMs < SAME_ACTION_MS || pressedMs < lastRun.doneMs);

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || isPress(event) || (isComposing(event) && !isFunctionKey(event))) return;
  if (event.code === 'Escape' && (dialogs > 0 || event.timeStamp <= closedMs)) return;
  const shortcut = find(event);
  if (!shortcut) return;
  event.preventDefault();
  if (event.repeat || (isAgain(shortcut, event.timeStamp) && !shortcut.fast)) return;
  const mine = (lastRun = { shortcut, pressedMs: event.timeStamp, doneMs: event.timeStamp });
  shortcut.run();
  void nextTick(() => { mine.doneMs = performance.now(); });
}

function onCommit(event: Event): void { committedMs = event.timeStamp; }

function listenOnce(): void {
  if (scopes.length > 0) return;
  window.addEventListener('keydown', onKey);
  window.addEventListener('compositionend', onCommit, true);
}

function endWhenUnused(): void {
  if (scopes.length > 0) return;
  window.removeEventListener('keydown', onKey);
  window.removeEventListener('compositionend', onCommit, true);
}

export function useKeys(shortcuts: Shortcut[]): void {
  listenOnce();
  scopes.push(shortcuts);
  onScopeDispose(() => {
    scopes.splice(scopes.indexOf(shortcuts), 1);
    endWhenUnused();
  });
}

// The Esc that closed a dialog is not the page's; every key after it is, however soon it comes.
export function useDialogKeys(open: Ref<boolean>): void {
  const leave = (): void => {
    dialogs -= 1;
    closedMs = performance.now();
  };
  watch(open, (now, before) => {
    if (now) dialogs += 1;
    else if (before) leave();
  }, { immediate: true });
  onScopeDispose(() => { if (open.value) leave(); });
}

// A dialog hangs beside the page, not in it: behind the lock it is hidden with the page, and it is back after.
export function useShownDialog(open: Ref<boolean>, always: () => boolean = () => false): WritableComputedRef<boolean> {
  const hidden = (): boolean => !always() && isShut();
  const shown = computed({ get: () => open.value && !hidden(), set: (value) => { if (!hidden()) open.value = value; } });
  useDialogKeys(shown);
  return shown;
}

// Every shortcut of this page that works for who is here, now or in another state of the page: for the F1 sheet.
export const activeShortcuts = (): Shortcut[] => scopes.flat().filter(isFor);

export function keyName(shortcut: Pick<Shortcut, 'code' | 'alt' | 'ctrl' | 'shift'>): string {
  const names: Record<string, string> = { Escape: 'Esc', ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→' };
  const key = names[shortcut.code] ?? shortcut.code.replace(/^(Key|Digit)/, '');
  return [shortcut.ctrl && 'Ctrl', shortcut.alt && 'Alt', shortcut.shift && 'Shift', key].filter(Boolean).join('+');
}
